import { useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useId } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, IconButton, Tooltip } from "@frontdesk/ui";
import { isParted } from "../data/filter";
import { useMay } from "../data/me";
import { groupsQuery } from "../data/queries";
import { PANE_HEADER } from "../shared/styles";
import { AlertsButton } from "./AlertsButton";
import { BulkBar } from "./BulkBar";
import { Filters } from "./Filters";
import { FlatList } from "./FlatList";
import { Groups } from "./Groups";
import { selection, useSelecting } from "./selection";
import { useInboxFilter } from "./useInboxFilter";
import { LIST_ID } from "./useListKeys";

export function InboxPane({ selectedId }: { selectedId: string | null }) {
  const { t, number } = useSpeech();
  const { filter } = useInboxFilter();
  const title = useId();
  const selecting = useSelecting();
  const { data: counts } = useQuery(groupsQuery(filter));
  const { needs_you, ai } = counts ?? { needs_you: 0, ai: 0 };
  const total = filter.group ? { needs_you, ai }[filter.group] : needs_you + ai;

  return (
    <section aria-labelledby={title} className="flex min-h-0 w-full flex-col border-r border-hairline bg-surface-1">
      <header className={cx(PANE_HEADER, "border-b-0")}>
        <h1 id={title} className="text-16 font-semibold">
          {t("inbox.title")}
        </h1>
        {counts ? <span className="text-13 text-muted">{t("inbox.count", { n: number(total) })}</span> : null}
        <AlertsButton matches={counts?.matches ?? 0} />
        <SelectSwitch />
      </header>
      <Filters />
      <div id={LIST_ID} tabIndex={-1} className="flex min-h-0 flex-1 flex-col -outline-offset-2">
        {isParted(filter) ? (
          <Groups filter={filter} selectedId={selectedId} />
        ) : (
          <FlatList filter={filter} selectedId={selectedId} labelledBy={title} />
        )}
      </div>
      {selecting ? <BulkBar /> : null}
    </section>
  );
}

/** Rows can be chosen, or no longer. */
function SelectSwitch() {
  const { t } = useSpeech();
  const selecting = useSelecting();
  const mayWrite = useMay("tickets:write");
  if (!mayWrite) return null;
  const name = t("bulk.start");
  return (
    <span className="-ml-3">
      <Tooltip content={name}>
        <IconButton
          label={name}
          aria-pressed={selecting}
          className={selecting ? "bg-surface-2 text-ink" : ""}
          onClick={() => (selecting ? selection.end() : selection.start())}
        >
          <ListChecks size={18} aria-hidden />
        </IconButton>
      </Tooltip>
    </span>
  );
}
