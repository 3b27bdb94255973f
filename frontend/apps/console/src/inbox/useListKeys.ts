import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Ticket } from "@frontdesk/api";
import { isPlainKey } from "../shared/keys";
import { focusWhenDrawn } from "../shared/landmarks";
import { HEADING_HEIGHT, ROW_HEIGHT } from "./heights";

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The row a key leads to; null where the key means nothing here or the list ends. */
export function rowAfter(key: string, current: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = STEPS[key];
  if (step === undefined) return null;
  if (current < 0) return step > 0 ? 0 : count - 1;
  const next = current + step;
  return next < 0 || next >= count ? null : next;
}

export const LIST_ID = "inbox-list";

/** Whether a key pressed there walks the list: j and k from anywhere on the page, the others from within the list. */
function walks(event: KeyboardEvent): boolean {
  if (!isPlainKey(event)) return false;
  if (event.key === "j" || event.key === "k") return true;
  return event.target instanceof Element && event.target.closest(`#${LIST_ID} ul`) !== null;
}

/** Rows that stand together, the first of them `offset` pixels down in the scroller. */
export interface Block {
  tickets: Ticket[];
  offset: number;
}

/** Lets keys walk the rows of all blocks as one list. Answers with the id of the one row that Tab reaches. */
export function useListKeys(blocks: Block[], selectedId: string | null, scroller: HTMLDivElement | null): string | null {
  const navigate = useNavigate();
  const places = blocks.flatMap(({ tickets, offset }) =>
    tickets.map((ticket, index) => ({ ticket, top: offset + index * ROW_HEIGHT })),
  );
  const current = places.findIndex(({ ticket }) => ticket.ticket_id === selectedId || ticket.ticket_number === selectedId);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const focused = places.findIndex(({ ticket }) => rowId(ticket.ticket_id) === document.activeElement?.id);
      const next = walks(event) ? rowAfter(event.key, focused < 0 ? current : focused, places.length) : null;
      const place = next === null ? undefined : places[next];
      if (!place) return;
      event.preventDefault();
      reveal(scroller, place.top);
      const { ticket_id: ticketId } = place.ticket;
      focusWhenDrawn(rowId(ticketId));
      void navigate({ to: "/tickets/$ticketId", params: { ticketId }, search: keepFilter });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  return (places[current] ?? places[0])?.ticket.ticket_id ?? null;
}

/** Scrolls no further than needed, and never under the headings that stay in sight. */
function reveal(scroller: HTMLDivElement | null, top: number): void {
  if (!scroller) return;
  const highest = top - HEADING_HEIGHT;
  const lowest = top + ROW_HEIGHT + HEADING_HEIGHT - scroller.clientHeight;
  if (scroller.scrollTop > highest) scroller.scrollTop = highest;
  else if (scroller.scrollTop < lowest) scroller.scrollTop = lowest;
}

export function rowId(ticketId: string): string {
  return `row-${ticketId}`;
}

/** The filter stays while one walks; the details pane of phones does not. */
export function keepFilter<T extends { pane?: "details" }>({ pane: _, ...filter }: T): Omit<T, "pane"> {
  return filter;
}
