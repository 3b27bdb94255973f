/** How long to wait before the next attempt, in milliseconds. */
export interface Backoff {
  baseMs: number;
  capMs: number;
}

export const RECONNECT: Backoff = { baseMs: 500, capMs: 30_000 };

/** Full jitter: anywhere from nothing to a ceiling that doubles with each attempt, so that a restart is no stampede. */
export function fullJitter(attempt: number, { baseMs, capMs }: Backoff = RECONNECT, random: () => number = Math.random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(random() * ceiling);
}
