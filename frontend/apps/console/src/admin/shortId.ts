const LONG_ID = /^[0-9a-f-]{32,}$/i;

/** Enough of a random id to know it again; any other value as it is. */
export function shortId(id: string): string {
  return LONG_ID.test(id) ? `${id.slice(0, 8)}…` : id;
}
