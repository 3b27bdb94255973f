import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Download, SearchX } from "lucide-react";
import type { AuditEntry } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, EmptyState, Skeleton } from "@frontdesk/ui";
import { admin } from "../data/client";
import { QueryError } from "../shared/QueryError";
import { LINK_BUTTON } from "../shared/styles";
import { AdminPage } from "./AdminPage";
import { AuditFilters } from "./AuditFilters";
import { AuditRow } from "./AuditRow";
import { toAuditQuery, type AuditSearch } from "./auditSearch";
import { auditQuery } from "./queries";

/** Who did what. What is looked for is part of the address. */
export function AuditPage() {
  const { t } = useSpeech();
  const search: AuditSearch = useSearch({ from: "/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const filters = toAuditQuery(search);
  const query = useInfiniteQuery(auditQuery(filters));
  const change = (parts: AuditSearch) => void navigate({ search: { ...search, ...parts }, replace: true });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <AdminPage
      hint={t("audit.hint")}
      aside={
        <a href={admin.auditExport(filters)} download className={LINK_BUTTON}>
          <Download size={16} aria-hidden />
          {t("audit.export")}
        </a>
      }
    >
      <AuditFilters search={search} onChange={change} onClear={() => void navigate({ search: {}, replace: true })} />
      {query.isPending ? <Skeleton className="h-80 rounded-lg" /> : null}
      {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Entries entries={entries} head={query.data.pages[0]?.head.number ?? 0} onActor={(actor) => change({ actor })} /> : null}
      {query.hasNextPage ? (
        <Button className="mt-4 self-center" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("audit.more")}
        </Button>
      ) : null}
    </AdminPage>
  );
}

interface EntriesProps {
  entries: AuditEntry[];
  head: number;
  onActor: (actor: string) => void;
}

function Entries({ entries, head, onActor }: EntriesProps) {
  const { t, number } = useSpeech();
  if (entries.length === 0) {
    return <EmptyState className="flex-1" icon={<SearchX size={20} aria-hidden />} title={t("audit.none")} hint={t("audit.noneHint")} />;
  }
  return (
    <>
      <ul aria-label={t("team.audit")} className="glass overflow-hidden rounded-lg">
        {entries.map((entry) => (
          <AuditRow key={entry.entry_id} entry={entry} onActor={onActor} />
        ))}
      </ul>
      <p className="mt-3 text-12 text-muted">{t("audit.head", { n: number(head) })}</p>
    </>
  );
}
