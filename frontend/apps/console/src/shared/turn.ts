import type { Ticket } from "@frontdesk/api";
import { needsYou } from "../data/filter";

export type Turn = Ticket["status"] | "needs_person";

/** The status as a label: with a person it tells who owes the next move, the person or the customer. */
export function turnOf(ticket: Pick<Ticket, "status" | "owner" | "waiting_since">): Turn {
  if (ticket.status !== "escalated") return ticket.status;
  return needsYou(ticket) ? "needs_person" : "waiting";
}
