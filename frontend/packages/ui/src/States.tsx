import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { cx } from "./cx";
import { TONE_TEXT, TONE_TINT, type Tone } from "./tone";

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  className?: string | undefined;
}

/** Nothing here, and what to do next. */
export function EmptyState({ icon, title, hint, action, className }: EmptyStateProps) {
  return (
    <div className={cx("flex flex-col items-center justify-center gap-2 px-8 py-12 text-center", className)}>
      {icon ? <span className="mb-2 text-faint">{icon}</span> : null}
      <p className="text-14 font-medium text-ink">{title}</p>
      {hint ? <div className="max-w-80 text-13 text-balance text-muted">{hint}</div> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}

interface ErrorStateProps {
  title: string;
  message: string;
  reference?: string | null;
  retryLabel: string;
  onRetry?: (() => void) | undefined;
  /** Another way on, where trying again leads nowhere. */
  action?: ReactNode;
  className?: string | undefined;
}

/** What happened, what to do, and the reference to name when asking for help. */
export function ErrorState({ title, message, reference, retryLabel, onRetry, action, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cx("flex flex-col items-center justify-center gap-2 px-8 py-12 text-center", className)}>
      <CircleAlert size={20} aria-hidden className="mb-2 text-danger" />
      <p className="text-14 font-medium text-ink">{title}</p>
      <p className="max-w-80 text-13 text-balance text-muted">{message}</p>
      {reference ? <p className="font-mono text-12 text-muted">{reference}</p> : null}
      {onRetry ? (
        <Button className="mt-3" onClick={onRetry}>
          <RotateCw size={16} aria-hidden />
          {retryLabel}
        </Button>
      ) : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}

interface BannerProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}

/** One line above everything, for a state of the whole desk. */
export function Banner({ tone = "quiet", icon, children, action }: BannerProps) {
  return (
    <div
      role="status"
      className={cx("flex min-h-9 items-center gap-2 border-b border-hairline px-4 py-1.5 text-12 md:text-13", TONE_TINT[tone])}
    >
      {icon ? <span className={cx("shrink-0", TONE_TEXT[tone])}>{icon}</span> : null}
      <p className={cx("min-w-0 flex-1", tone === "quiet" ? "text-muted" : "text-ink")}>{children}</p>
      {action}
    </div>
  );
}
