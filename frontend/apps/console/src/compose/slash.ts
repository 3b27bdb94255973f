/** What stands behind a slash that begins a line, up to the caret: the words that a macro is looked for by. */

const SLASH = /(^|\n)\/([^\n/]{0,60})$/;

export interface Slash {
  /** Where the slash stands. */
  start: number;
  query: string;
}

export function slashAt(text: string, caret: number): Slash | null {
  const match = SLASH.exec(text.slice(0, caret));
  return match ? { start: match.index + (match[1]?.length ?? 0), query: (match[2] ?? "").trim() } : null;
}
