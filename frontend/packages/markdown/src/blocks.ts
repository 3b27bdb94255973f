/** Paragraphs, lists, quotes, tables: what begins at the start of a line. */
import { parseInline } from "./inline";
import { parseList, isListItem } from "./list";
import { type Block, type Inline, MAX_DEPTH } from "./tree";

const FENCE = /^ {0,3}(```|~~~)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.+?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const TABLE_RULE = /^ {0,3}\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*$/;

/** A block and the number of the line after it. */
export type Parsed = [block: Block, next: number];

export function parseBlocks(source: string): Block[] {
  return blocksOf(source.replace(/\r\n?/g, "\n").split("\n"), 0);
}

export function blocksOf(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const [block, next] = marked(lines, at, depth) ?? paragraph(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

/** A block with a mark of its own at the start of the line, or null for running text. */
function marked(lines: string[], at: number, depth: number): Parsed | null {
  const line = lines[at] ?? "";
  if (FENCE.test(line)) return fence(lines, at);
  const heading = HEADING.exec(line);
  if (heading) {
    return [{ kind: "heading", level: heading[1]?.length ?? 1, children: parseInline(heading[2] ?? "") }, at + 1];
  }
  if (RULE.test(line)) return [{ kind: "rule" }, at + 1];
  if (depth < MAX_DEPTH && isListItem(line)) return parseList(lines, at, (inner) => blocksOf(inner, depth + 1));
  if (depth < MAX_DEPTH && QUOTE.test(line)) return quote(lines, at, depth);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return table(lines, at);
  return null;
}

function paragraph(lines: string[], at: number): Parsed {
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? "").trim() !== "" && !startsBlock(lines[end] ?? "")) end += 1;
  const text = lines.slice(at, end).map((line) => line.trim());
  return [{ kind: "paragraph", children: parseInline(text.join("\n")) }, end];
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || isListItem(line) || QUOTE.test(line);
}

/** An unclosed fence runs to the end: while an answer streams, its end has not come yet. */
function fence(lines: string[], at: number): Parsed {
  let end = at + 1;
  while (end < lines.length && !FENCE.test(lines[end] ?? "")) end += 1;
  return [{ kind: "code", text: lines.slice(at + 1, end).join("\n") }, end + 1];
}

function quote(lines: string[], at: number, depth: number): Parsed {
  const inner: string[] = [];
  let end = at;
  for (let match = QUOTE.exec(lines[end] ?? ""); match; match = QUOTE.exec(lines[end] ?? "")) {
    inner.push(match[1] ?? "");
    end += 1;
  }
  return [{ kind: "quote", children: blocksOf(inner, depth + 1) }, end];
}

function table(lines: string[], at: number): Parsed {
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? "").includes("|")) end += 1;
  const rows = lines.slice(at + 2, end).map(cells);
  return [{ kind: "table", head: cells(lines[at] ?? ""), rows }, end];
}

function cells(line: string): Inline[][] {
  const inner = line.trim().replace(/^\||\|$/g, "");
  return inner.split("|").map((cell) => parseInline(cell.trim()));
}
