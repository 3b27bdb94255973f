import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Skeleton } from "@frontdesk/ui";
import { TicketRow } from "./TicketRow";
import { LIST_ID, useListKeys } from "./useListKeys";

/** Every row is equally tall, so that ten thousand of them cost what fifteen do. */
const ROW_HEIGHT = 96;
const LOAD_AHEAD = 10;

interface InboxListProps {
  tickets: Ticket[];
  total: number;
  selectedId: string | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

export function InboxList({ tickets, total, selectedId, hasMore, loadingMore, loadMore }: InboxListProps) {
  const { t } = useSpeech();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => tickets[index]?.ticket_id ?? index,
    overscan: 6,
    paddingEnd: 8,
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && !loadingMore && lastShown >= tickets.length - LOAD_AHEAD) loadMore();
  }, [hasMore, loadingMore, lastShown, tickets.length, loadMore]);

  const reveal = useCallback((index: number) => virtual.scrollToIndex(index), [virtual]);
  useListKeys(tickets, selectedId, reveal);

  return (
    <div ref={scroller} id={LIST_ID} className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label={t("inbox.list")} className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => {
          const ticket = tickets[row.index];
          if (!ticket) return null;
          return <Row key={row.key} row={row} total={total} ticket={ticket} selected={isSelected(ticket, selectedId)} />;
        })}
      </ul>
      {loadingMore ? (
        <div className="px-5 pb-4">
          <Skeleton className="h-16 w-full" />
        </div>
      ) : null}
    </div>
  );
}

interface RowProps {
  row: VirtualItem;
  total: number;
  ticket: Ticket;
  selected: boolean;
}

function Row({ row, total, ticket, selected }: RowProps) {
  return (
    <li
      aria-setsize={total}
      aria-posinset={row.index + 1}
      className="absolute inset-x-0 top-0 px-2"
      style={{ height: ROW_HEIGHT, transform: `translateY(${row.start}px)` }}
    >
      <TicketRow ticket={ticket} selected={selected} />
    </li>
  );
}

/** An address may name a ticket by its id or by its number for people. */
export function isSelected(ticket: Ticket, id: string | null): boolean {
  return id !== null && (ticket.ticket_id === id || ticket.ticket_number === id);
}
