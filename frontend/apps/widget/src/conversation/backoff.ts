export const BASE_MS = 500;
export const CAP_MS = 30_000;

/** Full jitter: anywhere between nothing and the capped exponential, so that a restart is not a stampede. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
}
