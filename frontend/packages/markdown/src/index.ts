export type { Block, Inline } from "./tree";
export { parseBlocks } from "./blocks";
export { parseInline, safeHref } from "./inline";
export { closeMarks, plainText } from "./text";
