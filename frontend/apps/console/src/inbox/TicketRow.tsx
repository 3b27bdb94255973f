import { Link } from "@tanstack/react-router";
import { Sparkles, Star, Zap } from "lucide-react";
import type { MouseEvent } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, RelativeTime, ScoreBar, StatusText, Tooltip } from "@frontdesk/ui";
import { needsYou } from "../data/filter";
import { ChannelIcon } from "../shared/ChannelIcon";
import { customerName } from "../shared/customerName";
import { SentimentMark } from "../shared/SentimentMark";
import { turnOf } from "../shared/turn";
import { ScoreWhy } from "./ScoreWhy";
import { SelectBox } from "./SelectBox";
import { CONVERSATION_ID, focusWhenDrawn } from "../shared/landmarks";
import { keepFilter, rowId } from "./useListKeys";

interface TicketRowProps {
  ticket: Ticket;
  selected: boolean;
  /** Whether Tab reaches it: of all rows it reaches one, and the arrow keys the others. */
  tabStop: boolean;
}

export function TicketRow(row: TicketRowProps) {
  return (
    <div className={cx("flex h-[92px] rounded-sm transition-colors", row.selected ? "bg-surface-2" : "hover:bg-surface-1")}>
      <SelectBox ticket={row.ticket} />
      <RowLink {...row} />
    </div>
  );
}

function RowLink({ ticket, selected, tabStop }: TicketRowProps) {
  const { t, label, moment, number } = useSpeech();
  const turn = turnOf(ticket);
  const status = label("status", turn);
  const score = number(ticket.smart_score, 1);
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.ticket_id }}
      search={keepFilter}
      id={rowId(ticket.ticket_id)}
      tabIndex={tabStop ? 0 : -1}
      onClick={(event) => enterOnKey(event, selected)}
      aria-current={selected ? "true" : undefined}
      className="flex min-w-0 flex-1 flex-col justify-center gap-1 rounded-sm px-3 -outline-offset-2"
    >
      <span className="flex items-center gap-2">
        <Score ticket={ticket} text={score} />
        <span className="min-w-0 truncate text-14 font-medium text-ink">{customerName(ticket.customer, t)}</span>
        {ticket.customer?.vip ? (
          <Star size={14} role="img" aria-label={t("context.vip")} className="shrink-0 text-muted" />
        ) : null}
        {ticket.matches_topic_alert ? (
          <Zap size={14} role="img" aria-label={t("score.topic_alert")} className="shrink-0 text-attention" />
        ) : null}
        <Waiting ticket={ticket} title={moment(ticket.waiting_since ?? ticket.updated_at)} />
      </span>
      <Wanted ticket={ticket} />
      <span className="flex items-center gap-3 text-12 text-muted">
        <span className="flex min-w-0 flex-1 items-center gap-1.5">
          <ChannelIcon channel={ticket.channel} label={label("channel", ticket.channel)} />
          {ticket.category ? <span className="truncate">{label("category", ticket.category)}</span> : null}
          {ticket.sentiment ? <SentimentMark sentiment={ticket.sentiment} quietNeutral /> : null}
        </span>
        <StatusText status={turn} label={status} />
      </span>
    </Link>
  );
}

/** Enter on a row that is open already goes on into its conversation. */
function enterOnKey(event: MouseEvent, selected: boolean): void {
  if (!selected || event.detail !== 0) return;
  event.preventDefault();
  focusWhenDrawn(CONVERSATION_ID);
}

function Score({ ticket, text }: { ticket: Ticket; text: string }) {
  const { t } = useSpeech();
  return (
    <Tooltip side="right" content={<ScoreWhy ticketId={ticket.ticket_id} />}>
      <span className="flex">
        <ScoreBar score={ticket.smart_score} text={text} alert={needsYou(ticket)} label={t("inbox.score", { score: text })} />
      </span>
    </Tooltip>
  );
}

/** Until when it was put off, else how long the customer has waited; where nobody waits, when it last moved, fainter. */
function Waiting({ ticket, title }: { ticket: Ticket; title: string }) {
  const { t, span, when } = useSpeech();
  if (ticket.snoozed_until) {
    return (
      <time dateTime={ticket.snoozed_until} className="ml-auto shrink-0 pl-2 text-12 text-muted">
        {t("inbox.until", { at: when(ticket.snoozed_until) })}
      </time>
    );
  }
  const iso = ticket.waiting_since ?? ticket.updated_at;
  return (
    <RelativeTime
      iso={iso}
      format={span}
      title={title}
      className={cx("ml-auto shrink-0 pl-2 text-12", ticket.waiting_since ? "font-medium text-ink" : "text-muted")}
    />
  );
}

/** What is wanted, in the AI's words; while it works, that it works. */
function Wanted({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  if (ticket.ai_state === "working") {
    return (
      <span className="flex items-center gap-1.5 text-13 text-ai">
        <Sparkles size={14} aria-hidden className="fd-breathe shrink-0" />
        <span className="truncate">{t("inbox.working")}</span>
      </span>
    );
  }
  return <span className="truncate text-13 text-muted">{aboutOf(ticket, t)}</span>;
}

function aboutOf(ticket: Ticket, t: ReturnType<typeof useSpeech>["t"]): string {
  return ticket.summary || ticket.preview || ticket.subject || t("inbox.noPreview");
}
