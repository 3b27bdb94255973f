import type { ButtonHTMLAttributes, ReactNode } from "react";
import { cx } from "./cx";
import { TONE_TEXT, TONE_TINT, type Tone } from "./tone";

interface ChipProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  title?: string;
}

/** A small fact. A toned chip must carry an icon or a word that says the same as its colour. */
export function Chip({ tone = "quiet", icon, children, className, title }: ChipProps) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex h-6 max-w-full items-center gap-1 rounded-full px-2 text-12 font-medium whitespace-nowrap",
        TONE_TINT[tone],
        TONE_TEXT[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

interface FilterChipProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  active: boolean;
  icon?: ReactNode;
}

/** A chip that is a switch: pressed while its filter is on. */
export function FilterChip({ active, icon, children, className, ...rest }: FilterChipProps) {
  return (
    <button
      type="button"
      aria-pressed={active}
      className={cx(
        "inline-flex h-8 max-md:h-11 max-md:px-4 shrink-0 items-center gap-1.5 rounded-full border px-3 text-12 font-medium transition-colors",
        active
          ? "border-transparent bg-ink text-canvas"
          : "border-hairline text-muted hover:border-hairline-strong hover:text-ink",
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
