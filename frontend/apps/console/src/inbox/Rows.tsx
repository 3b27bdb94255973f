import { defaultRangeExtractor, useVirtualizer, type Range, type VirtualItem } from "@tanstack/react-virtual";
import { useCallback, useEffect } from "react";
import type { Ticket } from "@frontdesk/api";
import { Skeleton } from "@frontdesk/ui";
import { HEADING_HEIGHT, ROW_HEIGHT } from "./heights";
import { TicketRow } from "./TicketRow";
import type { TicketList } from "./useTicketList";

const LOAD_AHEAD = 10;

export interface RowsProps {
  list: TicketList;
  /** Null until it is drawn. */
  scroller: HTMLDivElement | null;
  /** How far down in the scroller the first row stands. */
  offset: number;
  labelledBy: string;
  selectedId: string | null;
  /** The one row that Tab reaches, wherever the list is scrolled to. */
  tabStop: string | null;
}

/** Every row is equally tall, so that ten thousand of them cost what fifteen do. */
export function Rows({ list, scroller, offset, labelledBy, selectedId, tabStop }: RowsProps) {
  const { tickets, total, loadingMore } = list;
  const stop = tickets.findIndex((ticket) => ticket.ticket_id === tabStop);
  const virtual = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => tickets[index]?.ticket_id ?? index,
    // Rows that come later leave the list where it was scrolled to.
    initialOffset: () => scroller?.scrollTop ?? 0,
    overscan: 6,
    scrollMargin: offset,
    scrollPaddingStart: HEADING_HEIGHT,
    rangeExtractor: useCallback((range: Range) => withStop(defaultRangeExtractor(range), stop), [stop]),
  });
  const rows = virtual.getVirtualItems();
  useLoadAhead(list, rows);
  return (
    <>
      <ul aria-labelledby={labelledBy} className="relative shrink-0" style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => {
          const ticket = tickets[row.index];
          if (!ticket) return null;
          return (
            <Row key={row.key} row={row} offset={offset} total={total ?? tickets.length}>
              <TicketRow ticket={ticket} selected={isSelected(ticket, selectedId)} tabStop={row.index === stop} />
            </Row>
          );
        })}
      </ul>
      {loadingMore ? <Skeleton className="mx-5 mb-4 h-16 shrink-0" /> : null}
    </>
  );
}

/** Asks for the next page before the last row is in sight. */
function useLoadAhead({ tickets, hasMore, loadingMore, loadMore }: TicketList, rows: VirtualItem[]): void {
  const lastShown = rows.reduce((last, row) => Math.max(last, row.index), 0);
  useEffect(() => {
    if (hasMore && !loadingMore && lastShown >= tickets.length - LOAD_AHEAD) loadMore();
  }, [hasMore, loadingMore, lastShown, tickets.length, loadMore]);
}

function withStop(rows: number[], stop: number): number[] {
  return stop < 0 || rows.includes(stop) ? rows : [...rows, stop].sort((a, b) => a - b);
}

interface RowProps {
  row: VirtualItem;
  offset: number;
  total: number;
  children: React.ReactNode;
}

function Row({ row, offset, total, children }: RowProps) {
  return (
    <li
      aria-setsize={total}
      aria-posinset={row.index + 1}
      className="absolute inset-x-0 top-0 px-2"
      style={{ height: ROW_HEIGHT, transform: `translateY(${row.start - offset}px)` }}
    >
      {children}
    </li>
  );
}

/** An address may name a ticket by its id or by its number for people. */
export function isSelected(ticket: Ticket, id: string | null): boolean {
  return id !== null && (ticket.ticket_id === id || ticket.ticket_number === id);
}
