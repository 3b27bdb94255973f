import type { ReactNode } from "react";
import { findQuote, isWeak } from "./quote";

interface MarkedProps {
  text: string;
  quote: string;
  /** How well the passage matches, 0..1. */
  score: number;
}

/** A passage with the quoted sentence marked; a weak match, or a quote that cannot be found, leaves it as it is. */
export function Marked({ text, quote, score }: MarkedProps): ReactNode {
  const range = isWeak(score) ? null : findQuote(text, quote);
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
