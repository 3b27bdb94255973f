/** The list beside what is open of it; on a phone one of the two. */
import type { PortalTicket, PortalTickets } from "@frontdesk/api";
import { useCallback, useEffect, useState } from "preact/hooks";
import { PlusIcon } from "../shared/Icons";
import { Notice } from "../shared/Notice";
import { go, type Route } from "../shell/route";
import { useScene } from "../shell/scene";
import { Conversation } from "./Conversation";
import { NewRequest } from "./NewRequest";
import { TicketList } from "./TicketList";
import { type Polled, usePolled } from "./usePolled";

const LIST_PAUSE_MS = 20_000;
const BUSY_PAUSE_MS = 4000;

export interface List extends Polled<PortalTickets> {
  pages: number;
  more: () => void;
}

export function Desk({ route }: { route: Route }) {
  const { t } = useScene();
  const list = useList();
  useEffect(() => {
    document.title = t.title;
  }, [t, route]);
  const isList = route.page === "list";
  return (
    <main class={`desk ${isList ? "desk-list" : "desk-open"}`}>
      <section class="pane pane-list" aria-labelledby="list-title">
        <div class="pane-head">
          <h1 id="list-title">{t.title}</h1>
          <button type="button" class="primary small" onClick={() => go({ page: "new" })}>
            <PlusIcon />
            {t.newRequest}
          </button>
        </div>
        <TicketList list={list} open={route.page === "ticket" ? route.id : null} />
      </section>
      <Open route={route} list={list} />
    </main>
  );
}

function Open({ route, list }: { route: Route; list: List }) {
  const { t } = useScene();
  const changed = () => void list.look();
  if (route.page === "new") return <NewRequest onSent={changed} />;
  if (route.page === "ticket") return <Conversation key={route.id} id={route.id} onChanged={changed} />;
  const hasSome = (list.value?.tickets.length ?? 0) > 0;
  return (
    <section class="pane pane-open pane-hint">
      {hasSome && <Notice title={t.choose} text={t.chooseWhy} />}
    </section>
  );
}

function useList(): List {
  const { client } = useScene();
  const [pages, setPages] = useState(1);
  const read = useCallback(() => readPages(pages, (page) => client.tickets(page)), [client, pages]);
  const polled = usePolled(read, pauseOf);
  return { ...polled, pages, more: () => setPages(pages + 1) };
}

/** The first pages as one: somebody with more tickets than fit on a page reads on below. */
export async function readPages(pages: number, read: (page: number) => Promise<PortalTickets>): Promise<PortalTickets> {
  const parts = await Promise.all(Array.from({ length: pages }, (_, index) => read(index + 1)));
  const last = parts[parts.length - 1];
  if (last === undefined) throw new Error("no page was asked for");
  return { tickets: unique(parts.flatMap((part) => part.tickets)), pagination: last.pagination };
}

/** A ticket that moved between two pages while they were read stands in both. */
function unique(tickets: PortalTicket[]): PortalTicket[] {
  return [...new Map(tickets.map((ticket) => [ticket.ticket_id, ticket])).values()];
}

function pauseOf(value: PortalTickets | null): number {
  return value?.tickets.some((ticket) => ticket.next === "ai") ? BUSY_PAUSE_MS : LIST_PAUSE_MS;
}
