import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import type { Action } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Confirm } from "@frontdesk/ui";
import { api } from "../data/client";
import { keys } from "../data/queries";
import { failureText } from "../shared/failure";

export interface Verdict {
  kind: "approve" | "reject";
  action: Action;
}

interface DecideActionProps {
  verdict: Verdict | null;
  onEnd: () => void;
  fallback: RefObject<HTMLElement | null>;
}

/** Asks once more before a proposal is done or dropped: what is done may not be undone. */
export function DecideAction({ verdict, onEnd, fallback }: DecideActionProps) {
  const { t } = useSpeech();
  const decision = useDecision(onEnd);
  const approves = verdict?.kind === "approve";
  return (
    <Confirm
      open={verdict !== null}
      title={t(approves ? "action.approveTitle" : "action.rejectTitle")}
      confirmLabel={t(approves ? "action.approve" : "action.reject")}
      cancelLabel={t("action.back")}
      busy={decision.isPending}
      error={decision.error ? t("action.failed", { why: failureText(decision.error, t) }) : null}
      onConfirm={() => (verdict ? decision.mutate(verdict) : undefined)}
      onCancel={() => {
        decision.reset();
        onEnd();
      }}
      fallback={fallback}
    >
      <span lang="" className="block font-medium text-ink [overflow-wrap:anywhere]">{verdict?.action.summary}</span>
      <span className="mt-2 block">{t(approves ? "action.approveText" : "action.rejectText")}</span>
    </Confirm>
  );
}

function useDecision(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, action }: Verdict) => (kind === "approve" ? api.approve(action) : api.reject(action)),
    onSuccess: (decided) => {
      client.setQueryData<Action[]>(keys.actions(decided.ticket_id), (known) =>
        known?.map((action) => (action.action_id === decided.action_id ? decided : action)),
      );
      onDone();
    },
    // Also after a refusal: somebody else may have decided.
    onSettled: (_decided, _error, { action }) => client.invalidateQueries({ queryKey: keys.actions(action.ticket_id) }),
  });
}
