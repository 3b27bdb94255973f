import {
  AlarmClock,
  Archive,
  CircleCheck,
  CircleDot,
  Hand,
  Mail,
  MailX,
  RotateCcw,
  Sparkles,
  TriangleAlert,
  Undo2,
  UserCheck,
  type LucideIcon,
} from "lucide-react";
import type { TimelineEvent } from "@frontdesk/api";
import { labelOf, lowerFirst, useSpeech } from "@frontdesk/i18n";
import { cx, TONE_TEXT, type Tone } from "@frontdesk/ui";

export function DayLine({ iso }: { iso: string }) {
  const { day } = useSpeech();
  return (
    <div className="my-4 flex items-center gap-4 first:mt-0">
      <span aria-hidden className="h-px flex-1 bg-hairline" />
      <time dateTime={iso} className="text-12 text-muted first-letter:uppercase">
        {day(iso)}
      </time>
      <span aria-hidden className="h-px flex-1 bg-hairline" />
    </div>
  );
}

const LOOK: Record<string, { icon: LucideIcon; tone: Tone }> = {
  opened: { icon: CircleDot, tone: "quiet" },
  reopened: { icon: RotateCcw, tone: "quiet" },
  escalated: { icon: Hand, tone: "attention" },
  mail_sent: { icon: Mail, tone: "quiet" },
  mail_failed: { icon: MailX, tone: "danger" },
  mail_delayed: { icon: MailX, tone: "attention" },
  taken_over: { icon: UserCheck, tone: "human" },
  handed_back: { icon: Sparkles, tone: "ai" },
  snoozed: { icon: AlarmClock, tone: "quiet" },
  woken: { icon: AlarmClock, tone: "attention" },
  woken_message: { icon: AlarmClock, tone: "attention" },
  woken_person: { icon: AlarmClock, tone: "quiet" },
  resolved: { icon: CircleCheck, tone: "quiet" },
  closed: { icon: Archive, tone: "quiet" },
  send_failed: { icon: TriangleAlert, tone: "danger" },
  send_delayed: { icon: TriangleAlert, tone: "attention" },
  action_proposed: { icon: Sparkles, tone: "ai" },
  action_approved: { icon: UserCheck, tone: "human" },
  action_rejected: { icon: UserCheck, tone: "human" },
  action_returned: { icon: Hand, tone: "attention" },
  action_done: { icon: CircleCheck, tone: "quiet" },
  action_failed: { icon: TriangleAlert, tone: "danger" },
  action_unknown: { icon: TriangleAlert, tone: "danger" },
  retracted: { icon: Undo2, tone: "quiet" },
};

/** An actor is a kind of sender or a person's name; only a name is worth saying. */
const KINDS = new Set(["ai", "system", "customer", "manager"]);

/** What happened to the ticket, as one thin line between the messages. */
export function EventLine({ event }: { event: TimelineEvent }) {
  const { clock } = useSpeech();
  const { icon: Icon, tone } = LOOK[kindOf(event)] ?? { icon: CircleDot, tone: "quiet" };
  const text = useEventText(event);
  const { note } = event.data;
  return (
    <div className="my-3 flex items-start justify-center gap-2 px-4 text-12 text-muted">
      <Icon size={14} aria-hidden className={cx("mt-px shrink-0", TONE_TEXT[tone])} />
      <p className="min-w-0 text-balance [overflow-wrap:anywhere]">
        {text}{" "}
        <time dateTime={event.created_at} className="ml-1 whitespace-nowrap">
          {clock(event.created_at)}
        </time>
        {typeof note === "string" && note ? <span className="block text-ink">{note}</span> : null}
      </p>
    </div>
  );
}

/** What happened; the end of an act is told by how it ended, of a snooze by what ended it. */
function kindOf({ type, data }: TimelineEvent): string {
  if (type === "woken" && data.by !== "time") return `woken_${String(data.by)}`;
  return type === "action_ended" ? `action_${String(data.state)}` : type;
}

function useEventText(event: TimelineEvent): string {
  const { t, when } = useSpeech();
  const at = typeof event.data.until === "string" ? when(event.data.until) : "";
  const text = t(`event.${kindOf(event)}` as never, { at, defaultValue: t("event.other", { type: event.type }) }) as string;
  const about = event.data.summary ?? event.data.detail;
  if (event.type.startsWith("action_") && typeof about === "string") return `${text}: ${about}`;
  if (event.type === "mail_sent" && event.data.state === "saved") return t("event.mail_saved");
  if (event.type === "escalated") {
    const { reason, text: reasonText } = event.data;
    const why = typeof reason === "string" ? labelOf(t, "reason", reason) : typeof reasonText === "string" ? reasonText : "";
    return why ? `${text}: ${lowerFirst(why)}` : text;
  }
  const who = event.actor;
  return who && !KINDS.has(who) ? t("event.by", { what: text, who }) : text;
}
