import type { Source } from "../protocol";

const WEAK_BELOW = 0.5;

/** Less likely than not to be what was asked about: shown as what it is, and not as the proof of the answer. */
export function isWeak({ score }: Pick<Source, "score">): boolean {
  return typeof score === "number" && score < WEAK_BELOW;
}
