import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Ticket } from "@frontdesk/api";

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

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export const LIST_ID = "inbox-list";

/** Whether a key pressed there walks the list: j and k from anywhere on the page, the others from within the list. */
function walks(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return false;
  if (document.querySelector('[role="dialog"][data-state="open"]')) return false;
  if (event.key === "j" || event.key === "k") return true;
  return event.target instanceof Element && event.target.closest(`#${LIST_ID}`) !== null;
}

export function useListKeys(tickets: Ticket[], selectedId: string | null, reveal: (index: number) => void): void {
  const navigate = useNavigate();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!walks(event)) return;
      const current = tickets.findIndex((ticket) => ticket.ticket_id === selectedId || ticket.ticket_number === selectedId);
      const next = rowAfter(event.key, current, tickets.length);
      const ticket = next === null ? undefined : tickets[next];
      if (next === null || !ticket) return;
      event.preventDefault();
      reveal(next);
      void navigate({ to: "/tickets/$ticketId", params: { ticketId: ticket.ticket_id }, search: keepFilter }).then(() =>
        focusWhenDrawn(rowId(ticket)),
      );
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [navigate, reveal, selectedId, tickets]);
}

const FRAMES = 10;

/** A row far away is drawn only after the list has scrolled to it. */
function focusWhenDrawn(id: string, frames = FRAMES): void {
  const row = document.getElementById(id);
  if (row) row.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(id, frames - 1));
}

export function rowId(ticket: Ticket): string {
  return `row-${ticket.ticket_id}`;
}

/** The filter stays while one walks; the details pane of phones does not. */
export function keepFilter<T extends { pane?: "details" }>({ pane: _, ...filter }: T): Omit<T, "pane"> {
  return filter;
}
