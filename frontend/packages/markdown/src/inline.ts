/** Marks inside a line of text. */
import { type Inline, MAX_DEPTH } from "./tree";

/** Quantifiers are bounded, so that hostile text cannot make a search slow. */
const MARKS = new RegExp(
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
    .map((mark) => mark.source)
    .join("|"),
  "gu",
);

export function parseInline(source: string, depth = 0): Inline[] {
  if (depth > MAX_DEPTH) return [{ kind: "text", text: source }];
  const nodes: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(MARKS)) {
    if (match.index > end) nodes.push({ kind: "text", text: source.slice(end, match.index) });
    nodes.push(nodeOf(match, depth));
    end = match.index + match[0].length;
  }
  if (end < source.length) nodes.push({ kind: "text", text: source.slice(end) });
  return nodes;
}

function nodeOf(match: RegExpExecArray, depth: number): Inline {
  const [whole, escaped, code, label, target, number, strong, star, underscore, deleted, address, newline] = match;
  if (escaped !== undefined) return { kind: "text", text: escaped };
  if (code !== undefined) return { kind: "code", text: code };
  if (label !== undefined) return linkOf(label, target ?? "", whole, depth);
  if (number !== undefined) return { kind: "citation", n: Number(number) };
  if (strong !== undefined) return { kind: "strong", children: parseInline(strong, depth + 1) };
  const emphasis = star ?? underscore;
  if (emphasis !== undefined) return { kind: "emphasis", children: parseInline(emphasis, depth + 1) };
  if (deleted !== undefined) return { kind: "deleted", children: parseInline(deleted, depth + 1) };
  if (address !== undefined) return { kind: "link", href: address, children: [{ kind: "text", text: address }] };
  return newline === undefined ? { kind: "text", text: whole } : { kind: "break" };
}

function linkOf(label: string, target: string, whole: string, depth: number): Inline {
  const href = safeHref(target);
  if (href === null) return { kind: "text", text: whole };
  return { kind: "link", href, children: parseInline(label, depth + 1) };
}

/** The address where its scheme cannot run code, else null. */
export function safeHref(target: string): string | null {
  return /^(https?:\/\/|mailto:|tel:)/i.test(target.trim()) ? target.trim() : null;
}
