/** Keeps a loaded list in smart order while single tickets change, without asking the server again. */
import type { InfiniteData } from "@tanstack/react-query";
import type { Ticket, TicketPage } from "@frontdesk/api";
import { matches, type InboxFilter } from "./filter";

export type TicketPages = InfiniteData<TicketPage, unknown>;

/** Highest score first, then the longest waiting, then the id: the server's own order. */
export function compareTickets(a: Ticket, b: Ticket): number {
  if (a.smart_score !== b.smart_score) return b.smart_score - a.smart_score;
  const waits = (a.waiting_since ?? "9999").localeCompare(b.waiting_since ?? "9999");
  return waits !== 0 ? waits : a.ticket_id.localeCompare(b.ticket_id);
}

/** All loaded tickets once each: pages fetched at different moments may overlap. */
export function flatten(data: TicketPages | undefined): Ticket[] {
  const seen = new Map<string, Ticket>();
  for (const page of data?.pages ?? []) {
    for (const ticket of page.tickets) if (!seen.has(ticket.ticket_id)) seen.set(ticket.ticket_id, ticket);
  }
  return [...seen.values()];
}

export function isNewer(a: Ticket, b: Ticket): boolean {
  return Date.parse(a.updated_at) > Date.parse(b.updated_at);
}

/** The list after a ticket changed. A replayed older state changes nothing. */
export function mergeTicket(data: TicketPages, ticket: Ticket, filter: InboxFilter): TicketPages {
  const loaded = flatten(data);
  const before = loaded.find((other) => other.ticket_id === ticket.ticket_id);
  if (before && isNewer(before, ticket)) return data;

  const rest = loaded.filter((other) => other !== before);
  const belongs = matches(ticket, filter);
  if (!belongs && !before) return data;
  const next = belongs ? insert(rest, ticket, data) : rest;
  const change = (belongs ? 1 : 0) - (before ? 1 : 0);
  return repage(data, next, change);
}

/** Below the last loaded row its place is unknown while more pages follow; the page it is on will bring it. */
function insert(rest: Ticket[], ticket: Ticket, data: TicketPages): Ticket[] {
  const at = rest.findIndex((other) => compareTickets(ticket, other) < 0);
  if (at >= 0) return [...rest.slice(0, at), ticket, ...rest.slice(at)];
  return data.pages.at(-1)?.pagination.has_next ? rest : [...rest, ticket];
}

function repage(data: TicketPages, tickets: Ticket[], change: number): TicketPages {
  const last = data.pages.length - 1;
  let from = 0;
  const pages = data.pages.map((page, index) => {
    const to = index === last ? tickets.length : from + page.tickets.length;
    const slice = tickets.slice(from, to);
    from = to;
    return { ...page, tickets: slice, pagination: { ...page.pagination, total: Math.max(0, page.pagination.total + change) } };
  });
  return { ...data, pages };
}
