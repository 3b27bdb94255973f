import type { ReactNode } from "react";
import { findQuote } from "./quote";

/** A passage with the quoted sentence marked; a quote that cannot be found leaves the passage as it is. */
export function Marked({ text, quote }: { text: string; quote: string }): ReactNode {
  const range = findQuote(text, quote);
  if (!range) return text;
  return (
    <>
      {text.slice(0, range.start)}
      <mark className="rounded-[4px] bg-tint-ai box-decoration-clone px-0.5 font-medium text-ink">
        {text.slice(range.start, range.end)}
      </mark>
      {text.slice(range.end)}
    </>
  );
}
