import { AlarmClock } from "lucide-react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { ACTS, useToldAct } from "../data/acts";
import { useMay } from "../data/me";

/** Over a conversation that was put off: until when, what for, and the way back. */
export function SnoozedBar({ ticket }: { ticket: Ticket }) {
  const { t, when } = useSpeech();
  const act = useToldAct(ticket);
  const mayWrite = useMay("tickets:write");
  if (!ticket.snoozed_until) return null;
  return (
    <div className="flex shrink-0 items-center gap-3 border-b border-hairline bg-surface-1 px-5 py-2 md:px-6">
      <AlarmClock size={16} aria-hidden className="shrink-0 text-muted" />
      <p className="min-w-0 flex-1 text-13 text-pretty [overflow-wrap:anywhere]">
        <span className="mr-2 text-muted">{t("ticket.snoozed", { at: when(ticket.snoozed_until) })}</span>
        {ticket.snooze_note ? <span className="max-md:block">{ticket.snooze_note}</span> : null}
      </p>
      {mayWrite ? (
        <Button size="sm" onClick={() => act(ACTS.wake)}>
          {t("work.wake")}
        </Button>
      ) : null}
    </div>
  );
}
