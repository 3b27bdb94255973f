import type { Ticket } from "@frontdesk/api";

/** Whether a person must act: the one thing the attention colour stands for. */
export function needsPerson(ticket: Pick<Ticket, "status" | "priority">): boolean {
  return ticket.status === "escalated" || (ticket.priority === "urgent" && ticket.status !== "resolved" && ticket.status !== "closed");
}
