/** The source text itself, changed before it is parsed or shown. */

/** Closes bold text that a stream has opened but not ended and holds back half a mark: no bare asterisks flicker by. */
export function closeMarks(source: string): string {
  const text = withoutOpeningMark(source);
  return isOpen("**", lastLine(text)) ? `${text}**` : text;
}

function withoutOpeningMark(source: string): string {
  const mark = /(\*{1,2}|`|_|~~)$/.exec(source)?.[0];
  return mark && isOpen(mark, lastLine(source)) ? source.slice(0, -mark.length) : source;
}

function isOpen(mark: string, line: string): boolean {
  return line.split(mark).length % 2 === 0;
}

function lastLine(source: string): string {
  return source.slice(source.lastIndexOf("\n") + 1);
}

/** The text without its marks, for where it stands as a quotation or grows letter by letter. */
export function plainText(source: string): string {
  return source.replaceAll("**", "").replaceAll(/^#{1,6}\s+/gmu, "");
}
