import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useRef, useState } from "react";
import type { ApiKey } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, EmptyState, Skeleton } from "@frontdesk/ui";
import { QueryError } from "../shared/QueryError";
import { AdminPage } from "./AdminPage";
import { KeyRow } from "./KeyRow";
import { NewKeySheet } from "./NewKeySheet";
import { keysQuery } from "./queries";
import { RevokeKey } from "./RevokeKey";

/** The keys of programs. */
export function KeysPage() {
  const { t } = useSpeech();
  const query = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const list = useRef<HTMLUListElement>(null);
  return (
    <AdminPage
      hint={t("apiKeys.hint")}
      aside={
        <Button variant="primary" onClick={() => setMaking(true)}>
          <Plus size={16} aria-hidden />
          {t("apiKeys.create")}
        </Button>
      }
    >
      {query.isPending ? <Skeleton className="h-40 rounded-lg" /> : null}
      {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? (
        <EmptyState className="flex-1" icon={<KeyRound size={20} aria-hidden />} title={t("apiKeys.none")} hint={t("apiKeys.noneHint")} />
      ) : null}
      {query.data && query.data.length > 0 ? (
        <ul ref={list} tabIndex={-1} aria-label={t("team.keys")} className="glass overflow-hidden rounded-lg outline-none">
          {query.data.map((key) => (
            <KeyRow key={key.key_id} apiKey={key} onRevoke={() => setRevoking(key)} />
          ))}
        </ul>
      ) : null}
      <NewKeySheet open={making} onClose={() => setMaking(false)} />
      <RevokeKey apiKey={revoking} onEnd={() => setRevoking(null)} fallback={list} />
    </AdminPage>
  );
}
