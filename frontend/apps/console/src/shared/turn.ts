import type { Ticket } from "@frontdesk/api";
import { needsYou } from "../data/filter";

export type Turn = Ticket["status"] | "needs_person" | "snoozed";

/** The status as a label: with a person it tells who owes the next move, the person or the customer. */
export function turnOf(ticket: Pick<Ticket, "status" | "owner" | "waiting_since" | "snoozed_until">): Turn {
  if (ticket.status !== "escalated") return ticket.status;
  if (ticket.snoozed_until) return "snoozed";
  return needsYou(ticket) ? "needs_person" : "waiting";
}
