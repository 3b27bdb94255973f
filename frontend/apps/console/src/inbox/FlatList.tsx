import { useState } from "react";
import type { InboxFilter } from "../data/filter";
import { QueryError } from "../shared/QueryError";
import { InboxEmpty } from "./InboxEmpty";
import { Rows } from "./Rows";
import { RowSkeletons } from "./RowSkeletons";
import { useListKeys } from "./useListKeys";
import { useSelectionKeys } from "./useSelectionKeys";
import { useTicketList } from "./useTicketList";

interface FlatListProps {
  filter: InboxFilter;
  selectedId: string | null;
  labelledBy: string;
}

/** What was narrowed to a status or a group of its own: one list. */
export function FlatList({ filter, selectedId, labelledBy }: FlatListProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const list = useTicketList(filter);
  const blocks = [{ tickets: list.tickets, offset: 0 }];
  const tabStop = useListKeys(blocks, selectedId, scroller);
  useSelectionKeys(blocks, selectedId);

  if (list.pending) return <RowSkeletons />;
  if (list.error) return <QueryError error={list.error} onRetry={list.retry} />;
  if (list.tickets.length === 0) return <InboxEmpty />;
  return (
    <div ref={setScroller} className="min-h-0 flex-1 overflow-y-auto">
      <Rows list={list} scroller={scroller} offset={0} labelledBy={labelledBy} selectedId={selectedId} tabStop={tabStop} />
    </div>
  );
}
