import type { HTMLAttributes, ReactNode } from "react";
import { cx } from "./cx";

/** A card of glass. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={cx("glass rounded-lg", className)} {...rest} />;
}

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a pane, set apart by space and one hairline. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="border-b border-hairline px-5 py-4 last:border-b-0">
      <header className="mb-3 flex h-5 items-center justify-between gap-2">
        <h2 className="truncate text-12 font-medium text-muted">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** A name and its value on one line; a long value wraps rather than hides. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4 py-1">
      <dt className="shrink-0 text-13 text-muted">{name}</dt>
      <dd className="min-w-0 text-right text-13 [overflow-wrap:anywhere] text-ink">{children}</dd>
    </div>
  );
}
