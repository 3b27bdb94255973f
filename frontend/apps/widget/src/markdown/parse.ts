/**
 * The Markdown that answers use, as a tree. There is no way to raw HTML in it, and links lead only
 * to schemes that cannot run code; everything else is text.
 */

export type Inline =
  | { t: "text"; text: string }
  | { t: "code"; text: string }
  | { t: "strong" | "em" | "del"; children: Inline[] }
  | { t: "link"; href: string; children: Inline[] }
  | { t: "cite"; n: number }
  | { t: "br" };

export type Block =
  | { t: "p"; children: Inline[] }
  | { t: "heading"; level: number; children: Inline[] }
  | { t: "list"; ordered: boolean; start: number; items: Block[][] }
  | { t: "quote"; children: Block[] }
  | { t: "code"; text: string }
  | { t: "table"; head: Inline[][]; rows: Inline[][][] }
  | { t: "rule" };

const FENCE = /^ {0,3}(```|~~~)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.+?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^( {0,3})([-*+•]|\d{1,4}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const TABLE_RULE = /^ {0,3}\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*$/;
const DEPTH = 6;

export function parse(source: string): Block[] {
  return blocks(source.replace(/\r\n?/g, "\n").split("\n"), 0);
}

function blocks(lines: string[], depth: number): Block[] {
  const out: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const [block, next] = special(lines, at, depth) ?? paragraph(lines, at);
    out.push(block);
    at = next;
  }
  return out;
}

type Taken = [block: Block, next: number];

/** A block with a sign of its own at the start of the line, or null for running text. */
function special(lines: string[], at: number, depth: number): Taken | null {
  const line = lines[at] ?? "";
  if (FENCE.test(line)) return fence(lines, at);
  const heading = HEADING.exec(line);
  if (heading) return [{ t: "heading", level: heading[1]?.length ?? 1, children: inline(heading[2] ?? "") }, at + 1];
  if (RULE.test(line)) return [{ t: "rule" }, at + 1];
  if (depth < DEPTH && ITEM.test(line)) return list(lines, at, depth);
  if (depth < DEPTH && QUOTE.test(line)) return quote(lines, at, depth);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return table(lines, at);
  return null;
}

function paragraph(lines: string[], at: number): Taken {
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? "").trim() !== "" && !startsBlock(lines[end] ?? "")) end += 1;
  return [{ t: "p", children: inline(lines.slice(at, end).map((line) => line.trim()).join("\n")) }, end];
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || ITEM.test(line) || QUOTE.test(line);
}

/** An unclosed fence runs to the end: while an answer streams, its end has not come yet. */
function fence(lines: string[], at: number): Taken {
  let end = at + 1;
  while (end < lines.length && !FENCE.test(lines[end] ?? "")) end += 1;
  return [{ t: "code", text: lines.slice(at + 1, end).join("\n") }, end + 1];
}

function quote(lines: string[], at: number, depth: number): Taken {
  const inner: string[] = [];
  let end = at;
  for (let found = QUOTE.exec(lines[end] ?? ""); found; found = QUOTE.exec(lines[(end += 1)] ?? "")) {
    inner.push(found[1] ?? "");
  }
  return [{ t: "quote", children: blocks(inner, depth + 1) }, end];
}

function list(lines: string[], at: number, depth: number): Taken {
  const first = ITEM.exec(lines[at] ?? "");
  const ordered = /\d/.test(first?.[2] ?? "");
  const indent = first?.[1]?.length ?? 0;
  const inside = new RegExp(`^ {1,${indent + (first?.[2]?.length ?? 1) + 1}}`);
  const items: string[][] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    const item = ITEM.exec(line);
    const found = item && (item[1]?.length ?? 0) < indent + 2 ? item : null;
    if (found && /\d/.test(found[2] ?? "") !== ordered) break;
    if (found) items.push([found[3] ?? ""]);
    else if (/^\s{2,}\S/.test(line)) items.at(-1)?.push(line.replace(inside, ""));
    else if (line.trim() !== "" || !continues(lines, end, ordered)) break;
  }
  const start = Number.parseInt(first?.[2] ?? "1", 10) || 1;
  return [{ t: "list", ordered, start, items: items.map((item) => blocks(item, depth + 1)) }, end];
}

/** A blank line inside a list, not after it. */
function continues(lines: string[], at: number, ordered: boolean): boolean {
  const next = ITEM.exec(lines[at + 1] ?? "");
  return (next !== null && /\d/.test(next[2] ?? "") === ordered) || /^\s{2,}\S/.test(lines[at + 1] ?? "");
}

function table(lines: string[], at: number): Taken {
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? "").includes("|")) end += 1;
  const rows = lines.slice(at + 2, end).map(cells);
  return [{ t: "table", head: cells(lines[at] ?? ""), rows }, end];
}

function cells(line: string): Inline[][] {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => inline(cell.trim()));
}

/** Quantifiers are bounded, so that hostile text cannot make a search slow. */
const INLINE = new RegExp(
  [
    /\\([\\`*_{}[\]()#+\-.!~|>])/,
    /`([^`\n]{1,1000})`/,
    /\[([^[\]\n]{1,300})\]\(([^()\s]{1,1000})\)/,
    /\[(\d{1,2})\]/,
    /\*\*(?=\S)([^*]{1,2000}?(?:\*[^*]{1,500}\*[^*]{0,500}?)?)\*\*/,
    /(?<![*\w])\*(?=\S)([^*\n]{1,1000}?)\*(?![*\w])/,
    /(?<![\p{L}\p{N}_])_(?=\S)([^_\n]{1,1000}?)_(?![\p{L}\p{N}_])/u,
    /~~(?=\S)([^~]{1,1000}?)~~/,
    /(https?:\/\/[^\s<>()"'«»]{1,1000}[^\s<>()"'«».,;:!?*_])/,
    /(\n)/,
  ]
    .map((part) => part.source)
    .join("|"),
  "gu",
);

export function inline(source: string, depth = 0): Inline[] {
  if (depth > DEPTH) return [{ t: "text", text: source }];
  const out: Inline[] = [];
  let last = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > last) out.push({ t: "text", text: source.slice(last, match.index) });
    out.push(token(match, depth));
    last = match.index + match[0].length;
  }
  if (last < source.length) out.push({ t: "text", text: source.slice(last) });
  return out;
}

function token(match: RegExpExecArray, depth: number): Inline {
  const [whole, escaped, code, label, target, cite, strong, star, under, struck, bare, newline] = match;
  if (escaped !== undefined) return { t: "text", text: escaped };
  if (code !== undefined) return { t: "code", text: code };
  if (label !== undefined) return link(label, target ?? "", whole, depth);
  if (cite !== undefined) return { t: "cite", n: Number(cite) };
  if (strong !== undefined) return { t: "strong", children: inline(strong, depth + 1) };
  const em = star ?? under;
  if (em !== undefined) return { t: "em", children: inline(em, depth + 1) };
  if (struck !== undefined) return { t: "del", children: inline(struck, depth + 1) };
  if (bare !== undefined) return { t: "link", href: bare, children: [{ t: "text", text: bare }] };
  return newline === undefined ? { t: "text", text: whole } : { t: "br" };
}

function link(label: string, target: string, whole: string, depth: number): Inline {
  const href = safeHref(target);
  return href === null ? { t: "text", text: whole } : { t: "link", href, children: inline(label, depth + 1) };
}

/** The address where it leads somewhere harmless, else null. */
export function safeHref(target: string): string | null {
  return /^(https?:\/\/|mailto:|tel:)/i.test(target.trim()) ? target.trim() : null;
}

/** Closes emphasis that a stream has opened but not ended, so that no bare asterisks flicker by. */
export function closeOpen(source: string): string {
  const line = source.slice(source.lastIndexOf("\n") + 1);
  const text = source.replace(/(\*{1,2}|`|_|~~)$/, "");
  const trimmed = text.length < source.length ? text : source;
  return (line.match(/\*\*/g)?.length ?? 0) % 2 === 1 && trimmed.length === source.length ? `${source}**` : trimmed;
}
