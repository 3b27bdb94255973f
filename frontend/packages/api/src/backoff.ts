/** Full jitter: a random wait up to an exponentially growing ceiling, so that many pages do not return at once. */
export interface Backoff {
  baseMs: number;
  capMs: number;
}

export const RECONNECT: Backoff = { baseMs: 500, capMs: 15_000 };

export function fullJitter(attempt: number, { baseMs, capMs }: Backoff = RECONNECT, random: () => number = Math.random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(random() * ceiling);
}
