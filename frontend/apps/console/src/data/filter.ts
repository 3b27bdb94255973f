/** What narrows the inbox; it lives in the address, so that every narrowed view is a link. */
import { CHANNELS, GROUPS, SENTIMENTS, STATUSES, type Group, type Ticket, type TicketQuery } from "@frontdesk/api";

export interface InboxFilter {
  /** A status, `open` (the default, never written) or `all`. */
  status?: string;
  channel?: string;
  category?: string;
  sentiment?: string;
  risk_min?: number;
  group?: Group;
  /** Only what was put off. */
  snoozed?: true;
}

const known = (values: readonly string[], value: unknown): string | undefined =>
  typeof value === "string" && values.includes(value) ? value : undefined;

/** Reads an address somebody may have typed: what is not understood is dropped, not shown as an error. */
export function parseFilter(search: Record<string, unknown>): InboxFilter {
  const filter: InboxFilter = {
    status: known([...STATUSES, "all"], search.status),
    channel: known(CHANNELS, search.channel),
    category: typeof search.category === "string" && search.category ? search.category : undefined,
    sentiment: known(SENTIMENTS, search.sentiment),
    group: known(GROUPS, search.group) as Group | undefined,
    snoozed: search.snoozed === true ? true : undefined,
    risk_min: typeof search.risk_min === "number" && search.risk_min >= 0 && search.risk_min <= 1 ? search.risk_min : undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

export function toQuery(filter: InboxFilter): TicketQuery {
  const { status = "open", ...rest } = filter;
  return status === "all" ? rest : { status, ...rest };
}

/** Whether a person owes the next move: the ticket is theirs, and a message of the customer is unanswered. */
export function needsYou(ticket: Pick<Ticket, "owner" | "waiting_since" | "snoozed_until">): boolean {
  return ticket.owner === "person" && ticket.waiting_since !== null && ticket.snoozed_until === null;
}

/** Whether the list parts into what needs a person and the rest: not where a group, or a status of its own, was asked for. */
export function isParted({ status, group, snoozed }: InboxFilter): boolean {
  return status === undefined && group === undefined && !snoozed;
}

export function isOpen(ticket: Pick<Ticket, "status">): boolean {
  return ticket.status !== "resolved" && ticket.status !== "closed";
}

/** Whether a ticket that came over the socket belongs to the narrowed list, as the server would say. */
export function matches(ticket: Ticket, filter: InboxFilter): boolean {
  const { status = "open", channel, category, sentiment, risk_min, group, snoozed } = filter;
  if (status === "open" ? !isOpen(ticket) : status !== "all" && ticket.status !== status) return false;
  if (channel && ticket.channel !== channel) return false;
  if (category && ticket.category !== category) return false;
  if (sentiment && ticket.sentiment !== sentiment) return false;
  if (group && (group === "needs_you") !== needsYou(ticket)) return false;
  if (snoozed && !ticket.snoozed_until) return false;
  return risk_min === undefined || ticket.risk >= risk_min;
}
