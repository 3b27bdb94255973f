import { Check, CheckCheck, Clock, TriangleAlert, type LucideIcon } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Tooltip } from "@frontdesk/ui";

const ICONS: Record<string, LucideIcon> = {
  queued: Clock,
  sending: Clock,
  held: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
};

/** Ticks as people know them; what went wrong is said in words. */
export function DeliveryMark({ state }: { state: string }) {
  const { label } = useSpeech();
  const word = label("delivery", state);
  if (state === "failed" || state === "parked") {
    return (
      <span className="inline-flex items-center gap-1 text-danger">
        <TriangleAlert size={14} aria-hidden />
        {word}
      </span>
    );
  }
  const Icon = ICONS[state] ?? Clock;
  return (
    <Tooltip content={word}>
      <span role="img" aria-label={word} className={state === "read" ? "text-human" : undefined}>
        <Icon size={14} aria-hidden />
      </span>
    </Tooltip>
  );
}
