/** The little Markdown that answers use, as a tree: paragraphs, lists, bold, code, links and [1] citations. No HTML. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "cite"; n: number };

export type Block =
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "heading"; line: Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: Inline[][] };

const INLINE =
  /\*\*(?<strong>[^*\n]+)\*\*|`(?<code>[^`\n]+)`|\[(?<cite>\d{1,2})\](?!\()|\[(?<label>[^\]\n]+)\]\((?<href>https?:\/\/[^\s)]+)\)|(?<url>https?:\/\/[^\s<>()]*[^\s<>().,!?;:»"'])/gu;

const BULLET = /^\s*[-*•]\s+(.*)$/u;
const NUMBER = /^\s*(\d{1,3})[.)]\s+(.*)$/u;
const HEADING = /^#{1,6}\s+(.*)$/u;

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push(inlineOf(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function inlineOf(match: RegExpMatchArray): Inline {
  const { strong, code, cite, label, href, url } = match.groups ?? {};
  if (strong) return { kind: "strong", text: strong };
  if (code) return { kind: "code", text: code };
  if (cite) return { kind: "cite", n: Number(cite) };
  if (href) return { kind: "link", text: label ?? href, href };
  return { kind: "link", text: url ?? "", href: url ?? "" };
}

export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    if (line.trim() === "") {
      open = null;
      continue;
    }
    const next = blockOf(line);
    if (open && join(open, next)) continue;
    blocks.push(next);
    open = next;
  }
  return blocks;
}

function blockOf(line: string): Block {
  const heading = HEADING.exec(line);
  if (heading) return { kind: "heading", line: parseInline(heading[1] ?? "") };
  const bullet = BULLET.exec(line);
  if (bullet) return { kind: "list", ordered: false, start: 1, items: [parseInline(bullet[1] ?? "")] };
  const number = NUMBER.exec(line);
  if (number) return { kind: "list", ordered: true, start: Number(number[1]), items: [parseInline(number[2] ?? "")] };
  return { kind: "paragraph", lines: [parseInline(line)] };
}

/** Adds the line to the block before it where it goes on with the same thing. */
function join(open: Block, next: Block): boolean {
  if (open.kind === "paragraph" && next.kind === "paragraph") {
    open.lines.push(...next.lines);
    return true;
  }
  if (open.kind === "list" && next.kind === "list" && open.ordered === next.ordered) {
    open.items.push(...next.items);
    return true;
  }
  return false;
}

/** The text without its marks, for where it stands as a quotation or grows letter by letter. */
export function plain(text: string): string {
  return text.replaceAll("**", "").replaceAll(/^#{1,6}\s+/gmu, "");
}
