import type { ButtonHTMLAttributes, Ref } from "react";
import { cx } from "./cx";

type Variant = "primary" | "plain" | "ghost";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: Variant;
  size?: "sm" | "md";
  ref?: Ref<HTMLButtonElement>;
}

const VARIANTS: Record<Variant, string> = {
  // One per screen: the AI colour is a signal.
  primary: "bg-ai text-on-ai font-medium hover:opacity-90 disabled:bg-surface-2 disabled:text-muted",
  plain: "bg-surface-2 text-ink border border-hairline hover:border-hairline-strong disabled:opacity-50",
  ghost: "text-muted hover:text-ink hover:bg-surface-2 disabled:opacity-50",
};

export function Button({ variant = "plain", size = "md", className, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(
        "inline-flex items-center justify-center gap-2 rounded-sm whitespace-nowrap transition-colors",
        "disabled:pointer-events-none",
        size === "sm" ? "h-7 px-2 text-12" : "h-9 px-3 text-13",
        "max-md:min-h-11 max-md:px-4",
        VARIANTS[variant],
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A square button whose only content is an icon; the label is its name for everyone who cannot see it. */
export function IconButton({ label, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      className={cx(
        "inline-flex size-9 max-md:size-11 shrink-0 items-center justify-center rounded-sm text-muted transition-colors",
        "hover:bg-surface-2 hover:text-ink disabled:opacity-50",
        className,
      )}
      {...rest}
    />
  );
}
