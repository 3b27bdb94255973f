import { cx } from "./cx";
import type { Tone } from "./tone";

const FILL: Record<Tone, string> = {
  quiet: "bg-muted",
  ai: "bg-ai",
  attention: "bg-attention",
  human: "bg-human",
  waiting: "bg-waiting",
  danger: "bg-danger",
};

interface MeterProps {
  /** 0..1 */
  value: number;
  label: string;
  tone?: Tone;
  className?: string | undefined;
}

/** A zero-based bar for a share. */
export function Meter({ value, label, tone = "quiet", className }: MeterProps) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(share.toFixed(2))}
      className={cx("block h-1 overflow-hidden rounded-full bg-surface-2", className)}
    >
      <span className={cx("block h-full rounded-full", FILL[tone])} style={{ width: `${share * 100}%` }} />
    </span>
  );
}
