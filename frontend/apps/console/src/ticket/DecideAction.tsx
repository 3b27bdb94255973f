import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type RefObject } from "react";
import type { Action } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Confirm, TextArea } from "@frontdesk/ui";
import { api } from "../data/client";
import { keys } from "../data/queries";
import { failureText } from "../shared/failure";

export interface Verdict {
  kind: "approve" | "reject";
  action: Action;
}

const LONGEST_NOTE = 2_000;

interface DecideActionProps {
  verdict: Verdict | null;
  onEnd: () => void;
  fallback: RefObject<HTMLElement | null>;
}

/** Asks once more before a proposal is done or dropped: what is done may not be undone. */
export function DecideAction({ verdict, onEnd, fallback }: DecideActionProps) {
  const { t } = useSpeech();
  const [note, setNote] = useState("");
  const end = () => {
    setNote("");
    onEnd();
  };
  const decision = useDecision(end);
  const approves = verdict?.kind === "approve";
  return (
    <Confirm
      open={verdict !== null}
      title={t(approves ? "action.approveTitle" : "action.rejectTitle")}
      confirmLabel={t(approves ? "action.approve" : "action.reject")}
      cancelLabel={t("action.back")}
      busy={decision.isPending}
      error={decision.error ? t("action.failed", { why: failureText(decision.error, t) }) : null}
      onConfirm={() => (verdict ? decision.mutate({ ...verdict, note: note.trim() }) : undefined)}
      onCancel={() => {
        decision.reset();
        end();
      }}
      field={verdict?.kind === "reject" ? <Note text={note} onChange={setNote} /> : null}
      fallback={fallback}
    >
      <span lang="" className="block font-medium text-ink [overflow-wrap:anywhere]">{verdict?.action.summary}</span>
      <span className="mt-2 block">{t(approves ? "action.approveText" : "action.rejectText")}</span>
    </Confirm>
  );
}

function Note({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="mt-4 flex flex-col gap-1.5">
      <label htmlFor={id} className="text-12 text-muted">
        {t("action.note")}
      </label>
      <TextArea
        id={id}
        value={text}
        maxLength={LONGEST_NOTE}
        rows={2}
        onChange={(event) => onChange(event.target.value)}
        className="max-h-40"
      />
    </div>
  );
}

interface Decided extends Verdict {
  note: string;
}

function useDecision(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, action, note }: Decided) => (kind === "approve" ? api.approve(action) : api.reject(action, note)),
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
