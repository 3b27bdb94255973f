import { Link } from "@tanstack/react-router";
import { Sparkles, Star } from "lucide-react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, RelativeTime, ScoreBar, StatusText, Tooltip } from "@frontdesk/ui";
import { ChannelIcon } from "../shared/ChannelIcon";
import { needsPerson } from "../shared/person";
import { SentimentMark } from "../shared/SentimentMark";
import { customerName } from "../shared/customerName";
import { ScoreWhy } from "./ScoreWhy";
import { keepFilter, rowId } from "./useListKeys";

export function TicketRow({ ticket, selected }: { ticket: Ticket; selected: boolean }) {
  const { t, label, moment } = useSpeech();
  const name = customerName(ticket.customer, t);
  const status = label("status", ticket.status);
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.ticket_id }}
      search={keepFilter}
      id={rowId(ticket)}
      aria-label={t("inbox.row", { number: ticket.ticket_number, customer: name, status })}
      aria-current={selected ? "true" : undefined}
      className={cx(
        "flex h-[92px] flex-col justify-center gap-1 rounded-sm px-3 -outline-offset-2 transition-colors",
        selected ? "bg-surface-2" : "hover:bg-surface-1",
      )}
    >
      <span className="flex items-center gap-2">
        <Score ticket={ticket} />
        <span className="min-w-0 truncate text-14 font-medium text-ink">{name}</span>
        {ticket.customer?.vip ? (
          <Star size={14} role="img" aria-label={t("context.vip")} className="shrink-0 text-muted" />
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
        <StatusText status={ticket.status} label={status} />
      </span>
    </Link>
  );
}

function Score({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const score = ticket.smart_score;
  return (
    <Tooltip side="right" content={<ScoreWhy ticketId={ticket.ticket_id} />}>
      <span className="flex">
        <ScoreBar score={score} alert={needsPerson(ticket)} label={t("inbox.score", { score: score.toFixed(1) })} />
      </span>
    </Tooltip>
  );
}

/** How long the customer has waited; where nobody waits, when it last moved, fainter. */
function Waiting({ ticket, title }: { ticket: Ticket; title: string }) {
  const { span } = useSpeech();
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
  const text = ticket.summary || ticket.preview || ticket.subject || t("inbox.noPreview");
  return <span className="truncate text-13 text-muted">{text}</span>;
}
