import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, Skeleton } from "@frontdesk/ui";
import { Composer } from "../compose/Composer";
import { useWatch } from "../data/live";
import { ticketQuery } from "../data/queries";
import { keepFilter } from "../inbox/useListKeys";
import { QueryError } from "../shared/QueryError";
import { CONVERSATION_ID } from "../shared/landmarks";
import { LINK_BUTTON, PANE_HEADER } from "../shared/styles";
import { ContextPane } from "./ContextPane";
import { Conversation } from "./Conversation";
import { ConversationSkeleton } from "./ConversationSkeleton";
import { SnoozedBar } from "./SnoozedBar";
import { TicketHeader } from "./TicketHeader";

export function TicketPage() {
  const { ticketId } = useParams({ from: "/inbox/tickets/$ticketId" });
  const query = useQuery(ticketQuery(ticketId));
  useWatch(query.data?.ticket_id ?? null);

  if (query.data) return <TicketPanes key={query.data.ticket_id} ticket={query.data} />;
  if (query.isError) return <NotShown error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="flex min-w-0 flex-1 flex-col" aria-busy>
      <div className={PANE_HEADER}>
        <Skeleton className="h-4 w-52" />
      </div>
      <ConversationSkeleton />
    </div>
  );
}

function NotShown({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useSpeech();
  return (
    <section id={CONVERSATION_ID} tabIndex={-1} aria-label={t("ticket.conversation")} className="flex flex-1 -outline-offset-2 flex-col">
      <h1 className="sr-only">{t("ticket.conversation")}</h1>
      <QueryError
        error={error}
        onRetry={onRetry}
        action={
          <Link to="/" search={keepFilter} className={LINK_BUTTON}>
            {t("error.toInbox")}
          </Link>
        }
      />
    </section>
  );
}

/** Conversation and details side by side where there is room; else one, by the address. */
function TicketPanes({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const { pane } = useSearch({ from: "/inbox" });
  const details = pane === "details";
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <TicketHeader ticket={ticket} details={details} />
      <div className="flex min-h-0 flex-1">
        <div className={cx("min-h-0 min-w-0 flex-1 flex-col", details ? "hidden wide:flex" : "flex")}>
          <SnoozedBar ticket={ticket} />
          <Conversation ticket={ticket} />
          <Composer ticket={ticket} />
        </div>
        <section
          aria-label={t("ticket.context")}
          className={cx(
            "min-h-0 w-full overflow-y-auto border-hairline bg-surface-1 wide:block wide:w-80 wide:shrink-0 wide:border-l",
            details ? "block" : "hidden",
          )}
        >
          <ContextPane ticket={ticket} />
        </section>
      </div>
    </div>
  );
}
