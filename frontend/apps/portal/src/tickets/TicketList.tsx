import type { PortalTicket } from "@frontdesk/api";
import { failureText } from "../shared/failure";
import { PlusIcon } from "../shared/Icons";
import { shortMoment } from "../shared/moment";
import { Notice, Skeletons } from "../shared/Notice";
import { State } from "../shared/State";
import { go, pathOf } from "../shell/route";
import { useScene } from "../shell/scene";
import type { List } from "./Desk";

export function TicketList({ list, open }: { list: List; open: string | null }) {
  const { t } = useScene();
  const { value, failure } = list;
  if (value === null) {
    if (failure === null) return <Skeletons count={4} label={t.loading} />;
    return (
      <Notice alert title={t.failed} text={failureText(t, failure)}>
        <button type="button" class="secondary" onClick={() => void list.look()}>
          {t.retry}
        </button>
      </Notice>
    );
  }
  if (value.tickets.length === 0) return <Empty />;
  return (
    <nav class="list-frame" aria-label={t.requests}>
      <ul class="list">
        {value.tickets.map((ticket) => (
          <Row key={ticket.ticket_id} ticket={ticket} isOpen={open === ticket.ticket_id || open === ticket.ticket_number} />
        ))}
      </ul>
      {value.pagination.has_next && (
        <button type="button" class="secondary more" onClick={list.more}>
          {t.more}
        </button>
      )}
    </nav>
  );
}

function Empty() {
  const { t } = useScene();
  return (
    <Notice title={t.empty} text={t.emptyWhy}>
      <button type="button" class="secondary" onClick={() => go({ page: "new" })}>
        <PlusIcon />
        {t.newRequest}
      </button>
    </Notice>
  );
}

function Row({ ticket, isOpen }: { ticket: PortalTicket; isOpen: boolean }) {
  const { t, language } = useScene();
  const route = { page: "ticket", id: ticket.ticket_number } as const;
  return (
    <li>
      <a
        class="ticket"
        href={pathOf(route)}
        aria-current={isOpen ? "page" : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          go(route);
        }}
      >
        <span class="ticket-subject" dir="auto">
          {ticket.subject}
        </span>
        <span class="ticket-line">
          <State ticket={ticket} />
          <time class="muted" dateTime={ticket.updated_at} title={t.updated(shortMoment(t, language, ticket.updated_at))}>
            {shortMoment(t, language, ticket.updated_at)}
          </time>
        </span>
      </a>
    </li>
  );
}
