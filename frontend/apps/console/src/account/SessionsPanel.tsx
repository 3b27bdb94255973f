import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Skeleton } from "@frontdesk/ui";
import { access } from "../data/client";
import { failureText } from "../shared/failure";
import { Panel } from "../shared/Page";
import { QueryError } from "../shared/QueryError";
import { SessionRow } from "../shared/SessionRow";
import { useSignOut } from "../shell/useSignOut";
import { sessionsKey, sessionsQuery } from "./queries";

/** Each browser that is signed in; the present one is signed out by ending it. */
export function SessionsPanel() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const list = useRef<HTMLUListElement>(null);
  const query = useQuery(sessionsQuery);
  const signOut = useSignOut();
  const end = useMutation({
    mutationFn: async (id: string) => access.endSession(id),
    onSuccess: () => list.current?.focus(),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
  return (
    <Panel title={t("account.sessions")}>
      {query.isPending ? <Skeleton className="h-24 rounded-sm" /> : null}
      {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul ref={list} tabIndex={-1} className="flex flex-col outline-none">
        {query.data?.map((session) => (
          <SessionRow
            key={session.session_id}
            session={session}
            busy={end.isPending}
            onEnd={() => (session.is_current ? void signOut() : end.mutate(session.session_id))}
          />
        ))}
      </ul>
      {end.error ? (
        <p role="alert" className="mt-2 text-13 text-danger">
          {failureText(end.error, t)}
        </p>
      ) : null}
    </Panel>
  );
}
