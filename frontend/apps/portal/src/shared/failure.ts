import { CallFailed } from "../api";
import type { Texts } from "../texts";

/** What went wrong, in words that say what to do. */
export function failureText(t: Texts, error: unknown): string {
  const status = error instanceof CallFailed ? error.status : -1;
  if (status === 0 || status === 503) return t.offline;
  if (status === 429) return t.tooMuch;
  if (status === 413) return t.tooLarge;
  return t.wrong;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof CallFailed && error.status === 404;
}
