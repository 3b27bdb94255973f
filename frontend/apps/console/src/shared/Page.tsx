import type { ReactNode } from "react";
import { usePageTitle } from "./usePageTitle";

interface PageProps {
  title: string;
  hint?: ReactNode;
  /** Beside the title, at the line's end. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A page that is read from top to bottom. */
export function Page({ title, hint, aside, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[840px] flex-col px-5 py-6 md:px-8 md:py-8">
        <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h1 className="text-20 font-semibold">{title}</h1>
            {hint ? <div className="mt-1 max-w-[560px] text-13 text-pretty text-muted">{hint}</div> : null}
          </div>
          {aside}
        </header>
        {children}
      </div>
    </div>
  );
}

interface PanelProps {
  title: string;
  hint?: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled card of a page. */
export function Panel({ title, hint, aside, children }: PanelProps) {
  return (
    <section aria-label={title} className="glass rounded-lg p-5">
      <header className="mb-4 flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h2 className="text-14 font-semibold">{title}</h2>
          {hint ? <p className="mt-0.5 text-13 text-pretty text-muted">{hint}</p> : null}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
