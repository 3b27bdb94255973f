/** The Markdown that messages use, as a tree that any framework can draw. There is no way to raw HTML in it. */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "deleted"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] }
  /** `[1]`: the number of a source, counted from 1. */
  | { kind: "citation"; n: number }
  | { kind: "break" };

export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "heading"; level: number; children: Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | { kind: "quote"; children: Block[] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

/** How deep blocks and inline marks nest; what lies deeper stays text, so that hostile text cannot exhaust the stack. */
export const MAX_DEPTH = 6;
