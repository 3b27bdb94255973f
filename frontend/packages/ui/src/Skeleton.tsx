import { cx } from "./cx";

/** A place held for content that is coming; silent for screen readers, whose pane says `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("block animate-pulse rounded-sm bg-surface-2", className)} />;
}
