import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, PanelRight, Sparkles, UserCheck } from "lucide-react";
import type { Ticket } from "@frontdesk/api";
import { lowerFirst, useSpeech } from "@frontdesk/i18n";
import { cx, RelativeTime, StatusChip } from "@frontdesk/ui";
import { needsYou } from "../data/filter";
import { scoreQuery } from "../data/queries";
import { scoreParts } from "../inbox/ScoreWhy";
import { keepFilter } from "../inbox/useListKeys";
import { IdentityMark } from "./Identity";
import { ChannelIcon } from "../shared/ChannelIcon";
import { customerName } from "../shared/customerName";
import { turnOf } from "../shared/turn";
import { usePageTitle } from "../shared/usePageTitle";
import { TicketActions } from "./TicketActions";

const SQUARE =
  "flex size-9 max-md:size-11 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-surface-2 hover:text-ink";

export function TicketHeader({ ticket, details }: { ticket: Ticket; details: boolean }) {
  const { t, label } = useSpeech();
  const turn = turnOf(ticket);
  const name = customerName(ticket.customer, t);
  usePageTitle(`${name} · ${ticket.ticket_number}`);
  return (
    <header className="flex shrink-0 flex-col justify-center gap-1 border-b border-hairline px-3 py-2.5 md:px-6">
      <div className="flex min-h-9 items-center gap-3">
        <Link to="/" search={keepFilter} aria-label={t("common.back")} className={cx(SQUARE, "md:hidden")}>
          <ArrowLeft size={20} aria-hidden />
        </Link>
        <h1 className="min-w-0 truncate text-16 font-semibold">{name}</h1>
        <StatusChip status={turn} label={label("status", turn)} className="shrink-0 max-md:hidden" />
        <AiActivity ticket={ticket} />
        <span className="flex-1" />
        <WaitingSince ticket={ticket} className="max-md:hidden" />
        <TicketActions ticket={ticket} />
        <Link
          to="."
          search={(search) => (details ? keepFilter(search) : { ...search, pane: "details" as const })}
          replace
          aria-label={details ? t("ticket.conversation") : t("ticket.context")}
          className={cx(SQUARE, "wide:hidden", details && "bg-surface-2 text-ink")}
        >
          <PanelRight size={20} aria-hidden />
        </Link>
      </div>
      <Facts ticket={ticket} />
    </header>
  );
}

/** On a phone the status stands here, so that the name keeps its line. */
function Facts({ ticket }: { ticket: Ticket }) {
  const { label } = useSpeech();
  const turn = turnOf(ticket);
  return (
    <div className="dotted-frame text-12 text-muted max-md:mx-2">
      <div className="dotted flex min-w-0 items-center gap-y-1 max-md:flex-wrap">
        <span className="md:hidden">
          <StatusChip status={turn} label={label("status", turn)} />
        </span>
        <span className="font-mono whitespace-nowrap">{ticket.ticket_number}</span>
        <span className="inline-flex items-center gap-1 whitespace-nowrap">
          <ChannelIcon channel={ticket.channel} />
          {label("channel", ticket.channel)}
        </span>
        <Holder ticket={ticket} />
        <span className="shrink-0">
          <IdentityMark proof={ticket.identity_proof} />
        </span>
        <WaitingSince ticket={ticket} className="md:hidden" />
        <Why ticket={ticket} />
      </div>
    </div>
  );
}

const MINUTE = 60_000;

function WaitingSince({ ticket, className }: { ticket: Ticket; className: string }) {
  const { t, span, moment } = useSpeech();
  if (!ticket.waiting_since) return null;
  return (
    <RelativeTime
      iso={ticket.waiting_since}
      title={moment(ticket.waiting_since)}
      format={(ms) => (ms < MINUTE ? t("time.waitsNow") : t("time.waits", { time: span(ms) }))}
      className={cx("shrink-0 text-muted md:text-13", className)}
    />
  );
}

function AiActivity({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  if (ticket.ai_state !== "working" || ticket.status === "ai_processing") return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-1 text-12 text-ai">
      <Sparkles size={14} aria-hidden className="fd-breathe shrink-0" />
      <span className="truncate">{t("ticket.aiWorking")}</span>
    </span>
  );
}

/** Who of the desk has it, where it is not the AI; that a person is needed the status says already. */
function Holder({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  if (ticket.owner !== "person" || (needsYou(ticket) && !ticket.assignee)) return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <UserCheck size={14} aria-hidden className="shrink-0 text-human" />
      <span className="truncate">{ticket.assignee ? t("ticket.ownerNamed", { name: ticket.assignee }) : t("ticket.ownerPerson")}</span>
    </span>
  );
}

/** The weightiest reasons for its place, in words. */
function Why({ ticket }: { ticket: Ticket }) {
  const { t, number } = useSpeech();
  const { data } = useQuery(scoreQuery(ticket.ticket_id));
  if (!data) return null;
  const reasons = scoreParts(data)
    .filter(([, value]) => value > 0)
    .slice(0, 3)
    .map(([part, value]) => `${lowerFirst(t(`score.${part}`))} ${number(value, 1)}`);
  if (reasons.length === 0) return null;
  return (
    <span className="min-w-0 truncate max-md:hidden">
      {t("ticket.why")}: {reasons.join(" · ")}
    </span>
  );
}
