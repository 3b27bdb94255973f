/** A link that looks like a plain button. */
export const LINK_BUTTON =
  "inline-flex h-9 max-md:h-11 items-center gap-2 rounded-sm border border-hairline bg-surface-2 px-3 text-13 text-ink transition-colors hover:border-hairline-strong";

/** The top line of a pane; all panes share its height, so that their hairlines meet. */
export const PANE_HEADER = "flex h-14 shrink-0 items-center gap-3 border-b border-hairline px-5";
