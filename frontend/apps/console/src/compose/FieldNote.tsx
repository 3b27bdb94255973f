import { useQuery } from "@tanstack/react-query";
import { Clock, Hand, RotateCcw, TriangleAlert, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import type { MacroVariable, Ticket, TicketReach } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, useNow } from "@frontdesk/ui";
import { useLiveStatus } from "../data/live";
import { channelsQuery } from "../data/queries";
import { variableKey } from "./gaps";

/** How many characters the ticket's channel takes; null: as many as there are. */
export function useLimit(ticket: Ticket, note: boolean): number | null {
  const { data: accounts } = useQuery(channelsQuery);
  if (note) return null;
  return accounts?.find(({ channel }) => channel === ticket.channel)?.capabilities.style.max_characters ?? null;
}

/** With so little time left it is said before anything else. */
const SOON_MS = 3 * 3_600_000;

interface FieldNoteProps {
  ticket: Ticket;
  reach: TicketReach | undefined;
  note: boolean;
  length: number;
  limit: number | null;
  /** Gaps of a macro that nobody has filled. */
  missing: MacroVariable[];
}

/** The one thing to know before sending: what hinders it, else what it will do. */
export function FieldNote({ ticket, reach, note, length, limit, missing }: FieldNoteProps) {
  const { t, number } = useSpeech();
  const now = useNow();
  const offline = useLiveStatus() === "offline";
  const counted = limit === null ? null : { n: number(length), most: number(limit) };
  if (counted && limit !== null && length > limit) {
    return (
      <Line icon={<TriangleAlert size={14} aria-hidden />} danger>
        {t("compose.tooLong", counted)}
      </Line>
    );
  }
  if (missing.length > 0) {
    return (
      <Line icon={<TriangleAlert size={14} aria-hidden />} danger>
        {t("macros.fill", { what: missing.map((variable) => t(`macros.variable.${variableKey(variable)}`)).join(", ") })}
      </Line>
    );
  }
  if (offline) return <Line icon={<WifiOff size={14} aria-hidden />}>{t("compose.offline")}</Line>;
  if (note) return <Line />;
  const until = reach?.window_closes_at ?? null;
  if (reach && (!reach.open || (until !== null && Date.parse(until) <= now))) return <Closed reach={reach} />;
  if (until !== null && Date.parse(until) - now < SOON_MS) return <Until until={until} now={now} />;
  if (ticket.status === "resolved") return <Line icon={<RotateCcw size={14} aria-hidden />}>{t("compose.reopens")}</Line>;
  if (ticket.owner !== "person") return <Line icon={<Hand size={14} aria-hidden />}>{t("compose.takesOver")}</Line>;
  if (until !== null) return <Until until={until} now={now} />;
  return <Line>{counted ? t("compose.characters", counted) : null}</Line>;
}

function Closed({ reach }: { reach: TicketReach }) {
  const { t, moment } = useSpeech();
  if (reach.hindrance || reach.window_closes_at === null) {
    return (
      <Line icon={<TriangleAlert size={14} aria-hidden />} danger>
        {t("compose.unreachable")}
      </Line>
    );
  }
  return (
    <Line icon={<Clock size={14} aria-hidden />} danger>
      {t(reach.templates ? "compose.windowTemplate" : "compose.windowClosed", { at: moment(reach.window_closes_at) })}
    </Line>
  );
}

/** How long a person may still write free text. */
function Until({ until, now }: { until: string; now: number }) {
  const { t, moment, span } = useSpeech();
  return <Line icon={<Clock size={14} aria-hidden />}>{t("compose.windowUntil", { at: moment(until), left: span(Date.parse(until) - now) })}</Line>;
}

interface LineProps {
  icon?: ReactNode;
  danger?: boolean;
  children?: ReactNode;
}

function Line({ icon, danger = false, children }: LineProps) {
  return (
    <p role="status" className={cx("flex min-w-0 flex-1 items-center gap-1.5 text-12 text-pretty", danger ? "text-danger" : "text-muted")}>
      {icon ? <span className="shrink-0">{icon}</span> : null}
      <span className="min-w-0">{children}</span>
    </p>
  );
}
