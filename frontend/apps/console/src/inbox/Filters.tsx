import { useQuery } from "@tanstack/react-query";
import { AlarmClock, X } from "lucide-react";
import { CHANNELS, type Channel } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { FilterChip } from "@frontdesk/ui";
import { analyticsQuery, groupsQuery } from "../data/queries";
import type { InboxFilter } from "../data/filter";
import { ChannelIcon } from "../shared/ChannelIcon";
import { useInboxFilter } from "./useInboxFilter";

/** Channels that the desk has heard from; a chip for one that is never used is noise. */
function useChannels(selected: string | undefined): Channel[] {
  const { data } = useQuery(analyticsQuery);
  return CHANNELS.filter((channel) => channel === selected || (data?.by_channel[channel] ?? 0) > 0);
}

/** One row: first whatever a click elsewhere narrowed, to be taken off; then all open, and the channels. */
export function Filters() {
  const { t, label, number } = useSpeech();
  const { filter, setFilter } = useInboxFilter();
  const channels = useChannels(filter.channel);
  const plain = Object.keys(filter).length === 0;
  const { channel } = filter;

  const { data: counts } = useQuery(groupsQuery({}));
  const putOff = counts?.snoozed ?? 0;
  const toggle = (part: InboxFilter) => setFilter({ ...filter, ...part });
  return (
    <div role="group" aria-label={t("inbox.filters")} className="no-scrollbar fade-right flex shrink-0 gap-2 overflow-x-auto px-5 pt-0.5 pb-3">
      <ExtraFilters filter={filter} remove={(key) => toggle({ [key]: undefined })} />
      <FilterChip active={plain} onClick={() => setFilter({})}>
        {t("inbox.open")}
      </FilterChip>
      {putOff > 0 || filter.snoozed ? (
        <FilterChip
          active={filter.snoozed === true}
          icon={<AlarmClock size={14} aria-hidden />}
          onClick={() => toggle({ snoozed: filter.snoozed ? undefined : true })}
        >
          {t("inbox.snoozed", { n: number(putOff) })}
        </FilterChip>
      ) : null}
      {channels.map((value) => (
        <FilterChip
          key={value}
          active={channel === value}
          icon={<ChannelIcon channel={value} />}
          onClick={() => toggle({ channel: channel === value ? undefined : value })}
        >
          {label("channel", value)}
        </FilterChip>
      ))}
    </div>
  );
}

interface ExtraFiltersProps {
  filter: InboxFilter;
  remove: (key: keyof InboxFilter) => void;
}

/** What has no chip of its own and was narrowed elsewhere. */
function ExtraFilters({ filter, remove }: ExtraFiltersProps) {
  const { t, label, number } = useSpeech();
  const { status, category, sentiment, risk_min, group } = filter;
  const parts: ([keyof InboxFilter, string] | null)[] = [
    status ? ["status", status === "all" ? t("common.all") : label("status", status)] : null,
    group ? ["group", label("group", group)] : null,
    category ? ["category", label("category", category)] : null,
    sentiment ? ["sentiment", label("sentiment", sentiment)] : null,
    risk_min === undefined ? null : ["risk_min", `${t("live.risk")} ≥ ${number(risk_min, 1)}`],
  ];
  return parts
    .filter((part) => part !== null)
    .map(([key, name]) => (
      <FilterChip key={key} active aria-label={t("inbox.clear", { name })} onClick={() => remove(key)}>
        {name}
        <X size={14} aria-hidden />
      </FilterChip>
    ));
}
