import { useQuery } from "@tanstack/react-query";
import type { Ticket, TicketReach } from "@frontdesk/api";
import { channelsQuery, reachQuery } from "../data/queries";

/** Whether the customer can be written to now; undefined where it is not known, or where it always can be. */
export function useReach(ticket: Ticket): TicketReach | undefined {
  const { data: accounts } = useQuery(channelsQuery);
  const hasWindow = accounts?.some(({ channel, capabilities }) => channel === ticket.channel && capabilities.window !== null) ?? false;
  const { data } = useQuery({ ...reachQuery(ticket.ticket_id, ticket.updated_at), enabled: hasWindow });
  return data;
}
