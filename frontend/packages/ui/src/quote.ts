/** Finds a quote in a passage although white space and Markdown's marks differ between the two. */
export interface Range {
  start: number;
  end: number;
}

/** A match that is as likely as not to be beside the point: its quote proves nothing, so nothing of it is marked. */
export function isWeak(score: number): boolean {
  return score < 0.5;
}

const IGNORED = /[\s*_`#>«»"“”…]/u;

function skeleton(text: string): { letters: string; places: number[] } {
  const letters: string[] = [];
  const places: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? "";
    if (IGNORED.test(char)) continue;
    // Only characters whose lower case has the same length keep the places aligned.
    const lower = char.toLowerCase();
    letters.push(lower.length === 1 ? lower : char);
    places.push(i);
  }
  return { letters: letters.join(""), places };
}

export function findQuote(text: string, quote: string): Range | null {
  const wanted = skeleton(quote).letters;
  if (wanted === "") return null;
  const { letters, places } = skeleton(text);
  const at = letters.indexOf(wanted);
  if (at < 0) return null;
  const start = places[at];
  const last = places[at + wanted.length - 1];
  return start === undefined || last === undefined ? null : { start, end: last + 1 };
}
