import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Ticket } from "@frontdesk/api";
import type { InboxFilter } from "../data/filter";
import { ticketsQuery } from "../data/queries";
import { flatten } from "../data/ticketList";

export interface TicketList {
  tickets: Ticket[];
  total: number | undefined;
  pending: boolean;
  /** Set where there is nothing to show instead. */
  error: Error | null;
  retry: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

/** A list in smart order, page by page; one that is not `wanted` is not asked for. */
export function useTicketList(filter: InboxFilter, wanted = true): TicketList {
  const query = useInfiniteQuery({ ...ticketsQuery(filter), enabled: wanted });
  const tickets = useMemo(() => flatten(query.data), [query.data]);
  return {
    tickets,
    total: query.data?.pages[0]?.pagination.total,
    pending: query.isPending,
    error: query.isError && tickets.length === 0 ? query.error : null,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
