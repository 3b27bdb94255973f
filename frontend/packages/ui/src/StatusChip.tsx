import { AlarmClock, Archive, CircleCheck, CircleDot, Hand, Hourglass, Sparkles, UserCheck, type LucideIcon } from "lucide-react";
import { Chip } from "./Chip";
import { cx } from "./cx";
import { TONE_TEXT, type Tone } from "./tone";

export type Status = "new" | "ai_processing" | "waiting" | "escalated" | "needs_person" | "snoozed" | "resolved" | "closed";

const LOOK: Record<Status, { tone: Tone; icon: LucideIcon }> = {
  new: { tone: "quiet", icon: CircleDot },
  ai_processing: { tone: "ai", icon: Sparkles },
  waiting: { tone: "waiting", icon: Hourglass },
  escalated: { tone: "human", icon: UserCheck },
  needs_person: { tone: "attention", icon: Hand },
  snoozed: { tone: "quiet", icon: AlarmClock },
  resolved: { tone: "quiet", icon: CircleCheck },
  closed: { tone: "quiet", icon: Archive },
};

export function statusLook(status: string): { tone: Tone; icon: LucideIcon } {
  return status in LOOK ? LOOK[status as Status] : { tone: "quiet", icon: CircleDot };
}

interface StatusProps {
  status: string;
  label: string;
  className?: string | undefined;
}

/** A ticket's status, or who owes its next move, as icon and word, on a tint. */
export function StatusChip({ status, label, className }: StatusProps) {
  const { tone, icon: Icon } = statusLook(status);
  return (
    <Chip tone={tone} className={className} icon={<Icon size={14} aria-hidden className="shrink-0" />}>
      {label}
    </Chip>
  );
}

/** The same without the tint, for dense rows. */
export function StatusText({ status, label, className }: StatusProps) {
  const { tone, icon: Icon } = statusLook(status);
  return (
    <span className={cx("inline-flex shrink-0 items-center gap-1 text-12 whitespace-nowrap", TONE_TEXT[tone], className)}>
      <Icon size={14} aria-hidden className={cx("shrink-0", status === "ai_processing" && "fd-breathe")} />
      {label}
    </span>
  );
}
