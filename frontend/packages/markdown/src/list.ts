/** Bullets and numbers; what is indented below an item belongs to that item. */
import type { Block } from "./tree";

const ITEM = /^( {0,3})([-*+•]|\d{1,4}[.)])\s+(.*)$/;
const INDENTED = /^\s{2,}\S/;

interface Item {
  indent: number;
  marker: string;
  ordered: boolean;
  text: string;
}

function itemOf(line: string): Item | null {
  const match = ITEM.exec(line);
  if (!match) return null;
  const marker = match[2] ?? "";
  return { indent: match[1]?.length ?? 0, marker, ordered: /\d/.test(marker), text: match[3] ?? "" };
}

export function isListItem(line: string): boolean {
  return ITEM.test(line);
}

/** The list that begins with the line at `at`, and the number of the line after it. */
export function parseList(lines: string[], at: number, parse: (lines: string[]) => Block[]): [Block, number] {
  const first = itemOf(lines[at] ?? "") ?? { indent: 0, marker: "-", ordered: false, text: "" };
  const itemIndent = new RegExp(`^ {1,${first.indent + first.marker.length + 1}}`);
  const items: string[][] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    const item = itemOf(line);
    if (item && item.indent < first.indent + 2) {
      if (item.ordered !== first.ordered) break;
      items.push([item.text]);
    } else if (INDENTED.test(line)) items.at(-1)?.push(line.replace(itemIndent, ""));
    else if (line.trim() !== "" || !goesOn(lines[end + 1] ?? "", first.ordered)) break;
  }
  const start = Number.parseInt(first.marker, 10) || 1;
  return [{ kind: "list", ordered: first.ordered, start, items: items.map(parse) }, end];
}

/** Whether the line after a blank one still belongs to the list. */
function goesOn(line: string, ordered: boolean): boolean {
  return itemOf(line)?.ordered === ordered || INDENTED.test(line);
}
