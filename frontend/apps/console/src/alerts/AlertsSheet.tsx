import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X, Zap } from "lucide-react";
import { useState } from "react";
import type { TopicAlert } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, IconButton, Sheet, Skeleton, TextField } from "@frontdesk/ui";
import { api } from "../data/client";
import { alertsQuery, keys } from "../data/queries";
import { QueryError } from "../shared/QueryError";
import { Refusal } from "../shared/Refusal";

/** What this operator watches for: tickets that have it move up in their list. */
export function AlertsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  const query = useQuery(alertsQuery);
  return (
    <Sheet open onOpenChange={onClose} title={t("alerts.title")} closeLabel={t("common.close")} className="sm:w-[440px]">
      <div className="flex flex-col gap-5 p-5">
        <p className="text-13 text-pretty text-muted">{t("alerts.hint")}</p>
        {query.isPending ? <Skeleton className="h-24 rounded-lg" /> : null}
        {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data ? <Alerts alerts={query.data} /> : null}
      </div>
    </Sheet>
  );
}

function useSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (phrases: string[]) => api.saveTopicAlerts(phrases),
    onSuccess: (alerts) => {
      client.setQueryData(alertsQuery.queryKey, alerts);
      for (const queryKey of [keys.lists, ["groups"], ["ticket"]]) void client.invalidateQueries({ queryKey });
    },
  });
}

const MOST = 20;

function Alerts({ alerts }: { alerts: TopicAlert[] }) {
  const { t } = useSpeech();
  const saving = useSaving();
  const phrases = alerts.map(({ phrase }) => phrase);
  return (
    <>
      {alerts.length < MOST ? <NewAlert busy={saving.isPending} onAdd={(phrase) => saving.mutate([...phrases, phrase])} /> : null}
      <Refusal error={saving.error} />
      {alerts.length === 0 ? <p className="text-13 text-muted">{t("alerts.empty")}</p> : null}
      <ul aria-label={t("alerts.title")} className="overflow-hidden rounded-lg border border-hairline empty:hidden">
        {alerts.map((alert) => (
          <AlertRow key={alert.phrase} alert={alert} onRemove={() => saving.mutate(phrases.filter((phrase) => phrase !== alert.phrase))} />
        ))}
      </ul>
    </>
  );
}

function NewAlert({ busy, onAdd }: { busy: boolean; onAdd: (phrase: string) => void }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState("");
  const phrase = typed.replaceAll(",", " ").trim();
  return (
    <form
      noValidate
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!phrase || busy) return;
        onAdd(phrase);
        setTyped("");
      }}
    >
      <div className="min-w-0 flex-1">
        <TextField label={t("alerts.phrase")} maxLength={100} value={typed} onChange={({ target }) => setTyped(target.value)} />
      </div>
      <Button type="submit" className="h-11" disabled={!phrase || busy}>
        <Plus size={16} aria-hidden />
        {t("alerts.add")}
      </Button>
    </form>
  );
}

const MOST_COUNTED = 1000;

function AlertRow({ alert: { phrase, matches }, onRemove }: { alert: TopicAlert; onRemove: () => void }) {
  const { t, number } = useSpeech();
  const count = matches >= MOST_COUNTED ? `${number(MOST_COUNTED)}+` : number(matches);
  return (
    <li className="flex min-h-11 items-center gap-3 border-b border-hairline py-1 pr-1 pl-3 last:border-b-0">
      <Zap size={16} aria-hidden className={matches > 0 ? "shrink-0 text-attention" : "shrink-0 text-muted"} />
      <span className="min-w-0 flex-1 truncate text-14">{phrase}</span>
      <span className="shrink-0 text-13 text-muted">{t("alerts.matches", { n: count })}</span>
      <IconButton label={t("alerts.remove", { phrase })} onClick={onRemove}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
