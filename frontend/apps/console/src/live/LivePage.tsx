import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import type { AnalyticsSummary } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { EmptyState, Skeleton } from "@frontdesk/ui";
import { analyticsQuery, groupsQuery } from "../data/queries";
import { QueryError } from "../shared/QueryError";
import { usePageTitle } from "../shared/usePageTitle";
import { BarCard } from "./BarCard";
import { figuresOf } from "./figures";
import { StatCard } from "./StatCard";

export function LivePage() {
  const { t } = useSpeech();
  usePageTitle(t("live.title"));
  const query = useQuery(analyticsQuery);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[1120px] flex-col px-5 py-6 md:px-8 md:py-8">
        <h1 className="text-20 font-semibold">{t("live.title")}</h1>
        <p className="mt-1 mb-6 text-13 text-muted">{t("live.subtitle")}</p>
        {query.data ? <Summary summary={query.data} /> : null}
        {query.isPending ? <SummarySkeleton /> : null}
        {query.isError && !query.data ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
      </div>
    </div>
  );
}

function SummarySkeleton() {
  return (
    <div aria-busy className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      {Array.from({ length: 4 }, (_, i) => (
        <Skeleton key={i} className="h-28 rounded-lg" />
      ))}
      <Skeleton className="col-span-2 h-72 rounded-lg" />
      <Skeleton className="col-span-2 h-72 rounded-lg" />
    </div>
  );
}

function Summary({ summary }: { summary: AnalyticsSummary }) {
  const { t } = useSpeech();
  if (summary.total_tickets === 0) {
    return (
      <EmptyState
        className="flex-1"
        icon={<Activity size={20} aria-hidden />}
        title={t("live.empty")}
        hint={t("live.emptyHint")}
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Cards summary={summary} />
      <div className="gap-4 lg:columns-2">
        <BarCard title={t("live.byCategory")} group="category" counts={summary.by_category} />
        <BarCard title={t("live.byStatus")} group="status" counts={summary.by_status} />
        <BarCard title={t("live.byChannel")} group="channel" counts={summary.by_channel} />
        <BarCard title={t("live.bySentiment")} group="sentiment" counts={summary.by_sentiment} />
      </div>
    </div>
  );
}

const HIGH_RISK = 0.7;

function Cards({ summary }: { summary: AnalyticsSummary }) {
  const { t, number, share, duration } = useSpeech();
  const f = figuresOf(summary);
  const { data: groups } = useQuery(groupsQuery({}));
  return (
    <div className="grid grid-cols-2 gap-4 md:grid-cols-[repeat(auto-fit,minmax(156px,1fr))]">
      <StatCard name={t("live.open")} value={number(f.open)} note={t("common.of", { total: number(f.total) })} search={{}} />
      {groups ? (
        <StatCard
          name={t("live.person")}
          value={number(groups.needs_you)}
          note={f.open > 0 ? t("live.ofOpen", { share: share(groups.needs_you / f.open) }) : null}
          search={{ group: "needs_you" }}
          signal={groups.needs_you > 0 ? "attention" : undefined}
        />
      ) : null}
      <StatCard
        name={t("live.risk")}
        value={number(f.highRisk)}
        note={f.avgRisk === null ? null : t("live.avgRisk", { value: number(f.avgRisk, 2) })}
        search={{ status: "all", risk_min: HIGH_RISK }}
      />
      {f.aiShare === null ? null : (
        <StatCard name={t("live.aiResolved")} value={share(f.aiShare)} note={t("live.ofResolved", { total: number(f.resolved) })} search={{ status: "resolved" }} />
      )}
      {f.firstAnswerSeconds === null ? null : (
        <StatCard
          name={t("live.firstAnswer")}
          value={duration(f.firstAnswerSeconds)}
          note={f.slowSeconds === null ? null : t("live.slowest", { time: duration(f.slowSeconds) })}
          search={{ status: "all" }}
        />
      )}
      {f.cost === 0 ? null : <CostCard total={f.cost} perTicket={f.costPerTicket} />}
    </div>
  );
}

function CostCard({ total, perTicket }: { total: number; perTicket: number | null }) {
  const { t, money } = useSpeech();
  return (
    <StatCard
      name={t("live.cost")}
      value={money(total, "USD")}
      note={perTicket === null ? null : t("live.perTicket", { value: money(perTicket, "USD") })}
      search={{ status: "all" }}
    />
  );
}
