import { cx } from "./cx";

/** Where the bar is full: a breached deadline with a leaving customer lands about here. */
export const SCORE_FULL = 20;

/** The bar's fill, 0..1; a score below nothing is an empty bar, not a broken one. */
export function scoreFill(score: number): number {
  if (!Number.isFinite(score)) return 0;
  return Math.min(1, Math.max(0, score / SCORE_FULL));
}

interface ScoreBarProps {
  score: number;
  /** The score as the reader's language writes it. */
  text: string;
  label: string;
  /** A person is needed: the bar takes the attention colour, beside the status word that says the same. */
  alert?: boolean;
}

export function ScoreBar({ score, text, label, alert = false }: ScoreBarProps) {
  return (
    <span role="img" aria-label={label} className="inline-flex items-center gap-2">
      <span aria-hidden className="relative h-4 w-1 overflow-hidden rounded-full bg-hairline-strong">
        <span
          data-testid="fill"
          className={cx("absolute inset-x-0 bottom-0 rounded-full", alert ? "bg-attention" : "bg-muted")}
          style={{ height: `${Math.round(scoreFill(score) * 100)}%` }}
        />
      </span>
      <span aria-hidden className="font-mono text-12 font-medium text-ink">
        {text}
      </span>
    </span>
  );
}
