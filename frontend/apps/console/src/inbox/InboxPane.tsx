import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { PANE_HEADER } from "../shared/styles";
import { cx } from "@frontdesk/ui";
import { QueryError } from "../shared/QueryError";
import { ticketsQuery } from "../data/queries";
import { flatten } from "../data/ticketList";
import { Filters } from "./Filters";
import { InboxEmpty } from "./InboxEmpty";
import { InboxList } from "./InboxList";
import { RowSkeletons } from "./RowSkeletons";
import { useInboxFilter } from "./useInboxFilter";

export function InboxPane({ selectedId }: { selectedId: string | null }) {
  const { t, number } = useSpeech();
  const { filter } = useInboxFilter();
  const query = useInfiniteQuery(ticketsQuery(filter));
  const tickets = useMemo(() => flatten(query.data), [query.data]);
  const total = query.data?.pages[0]?.pagination.total;

  return (
    <section aria-label={t("inbox.title")} className="flex min-h-0 w-full flex-col border-r border-hairline bg-surface-1">
      <header className={cx(PANE_HEADER, "border-b-0")}>
        <h1 className="text-16 font-semibold">{t("inbox.title")}</h1>
        {total === undefined ? null : (
          <span className="text-13 text-muted">{t("inbox.count", { n: number(total) })}</span>
        )}
      </header>
      <Filters />
      <div className="flex min-h-0 flex-1 flex-col" aria-busy={query.isPending}>
        {query.isPending ? <RowSkeletons /> : null}
        {query.isError && tickets.length === 0 ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && tickets.length === 0 ? <InboxEmpty /> : null}
        {tickets.length > 0 ? (
          <InboxList
            tickets={tickets}
            total={total ?? tickets.length}
            selectedId={selectedId}
            hasMore={query.hasNextPage}
            loadingMore={query.isFetchingNextPage}
            loadMore={() => void query.fetchNextPage()}
          />
        ) : null}
      </div>
    </section>
  );
}
