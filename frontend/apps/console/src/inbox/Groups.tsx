import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useId, useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, EmptyState } from "@frontdesk/ui";
import type { InboxFilter } from "../data/filter";
import { groupsQuery } from "../data/queries";
import { QueryError } from "../shared/QueryError";
import { FoldHeading, Heading } from "./GroupHeading";
import { EMPTY_HEIGHT, HEADING_HEIGHT, ROW_HEIGHT } from "./heights";
import { InboxEmpty } from "./InboxEmpty";
import { Rows, type RowsProps } from "./Rows";
import { RowSkeletons } from "./RowSkeletons";
import { useFolded } from "./useFolded";
import { useListKeys } from "./useListKeys";
import { useSelectionKeys } from "./useSelectionKeys";
import { useTicketList } from "./useTicketList";

interface GroupsProps {
  filter: InboxFilter;
  selectedId: string | null;
}

/** First what a person owes an answer; below it, folded until asked for, what the AI or the customer has. */
export function Groups({ filter, selectedId }: GroupsProps) {
  const { label } = useSpeech();
  const [folded, setFolded] = useFolded();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const ids = { needs_you: useId(), ai: useId() };
  const yours = useTicketList({ ...filter, group: "needs_you" });
  const rest = useTicketList({ ...filter, group: "ai" }, !folded);
  const { data: counts } = useQuery(groupsQuery(filter));
  const restOffset = 2 * HEADING_HEIGHT + (yours.tickets.length * ROW_HEIGHT || EMPTY_HEIGHT);
  const blocks = [
    { tickets: yours.tickets, offset: HEADING_HEIGHT },
    { tickets: folded ? [] : rest.tickets, offset: restOffset },
  ];
  const fold = (next: boolean) => {
    setFolded(next);
    // What was opened comes into sight, its heading on top.
    if (!next) requestAnimationFrame(() => scroller?.scrollTo({ top: restOffset - HEADING_HEIGHT }));
  };
  const tabStop = useListKeys(blocks, selectedId, scroller);
  useSelectionKeys(blocks, selectedId);

  if (yours.pending) return <RowSkeletons />;
  if (yours.error) return <QueryError error={yours.error} onRetry={yours.retry} />;
  if (yours.tickets.length === 0 && counts?.ai === 0) return <InboxEmpty />;
  const shared = { scroller, selectedId, tabStop };
  return (
    <div ref={setScroller} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <Heading id={ids.needs_you} name={label("group", "needs_you")} count={counts?.needs_you} />
      {yours.tickets.length === 0 ? (
        <NobodyWaits fill={folded} />
      ) : (
        <Rows {...shared} list={yours} offset={HEADING_HEIGHT} labelledBy={ids.needs_you} />
      )}
      <FoldHeading id={ids.ai} name={label("group", "ai")} count={counts?.ai} folded={folded} onFold={fold} />
      {folded ? null : <Rest {...shared} list={rest} offset={restOffset} labelledBy={ids.ai} />}
    </div>
  );
}

function NobodyWaits({ fill }: { fill: boolean }) {
  const { t } = useSpeech();
  return (
    <div className={cx("flex shrink-0 flex-col overflow-hidden", fill && "flex-1")} style={fill ? undefined : { height: EMPTY_HEIGHT }}>
      <EmptyState
        className="flex-1"
        icon={<CircleCheck size={20} aria-hidden />}
        title={t("inbox.nobodyWaits")}
        hint={t("inbox.nobodyWaitsHint")}
      />
    </div>
  );
}

function Rest(props: RowsProps) {
  const { list } = props;
  if (list.pending) {
    return (
      <div className="shrink-0">
        <RowSkeletons />
      </div>
    );
  }
  if (list.error) return <QueryError error={list.error} onRetry={list.retry} className="shrink-0" />;
  return <Rows {...props} />;
}
