/** Of the list's parts in pixels: its places are computed, not measured. */
export const ROW_HEIGHT = 96;
export const HEADING_HEIGHT = 44;
export const EMPTY_HEIGHT = 184;
