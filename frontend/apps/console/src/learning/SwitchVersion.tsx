import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import type { ClassifierTask } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Confirm } from "@frontdesk/ui";
import { api } from "../data/client";
import { keys } from "../data/queries";
import { failureText } from "../shared/failure";

/** A change of the version in use; rolling back to 0 is to what ships. */
export type Switch = { kind: "promote"; number: number } | { kind: "back"; to: number };

interface SwitchVersionProps {
  task: ClassifierTask;
  asking: Switch | null;
  /** With the text that reports the change. */
  onDone: (report: string) => void;
  onCancel: () => void;
  fallback: RefObject<HTMLElement | null>;
}

/** Asks before another version comes into use, and brings it there. */
export function SwitchVersion({ task, asking, onDone, onCancel, fallback }: SwitchVersionProps) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: Switch): Promise<unknown> =>
      wanted.kind === "promote" ? api.promote(task.task, wanted.number) : api.rollBack(task.task),
    onSuccess: async (_, wanted) => {
      await client.invalidateQueries({ queryKey: keys.classifiers });
      const n = wanted.kind === "promote" ? wanted.number : wanted.to;
      onDone(n === 0 ? t("learning.nowShipped") : t("learning.nowInUse", { n }));
    },
  });
  const back = asking?.kind === "back";
  return (
    <Confirm
      open={asking !== null}
      title={asking ? titleOf(asking, t) : ""}
      confirmLabel={back ? t("learning.rollBack") : t("learning.promote")}
      cancelLabel={t("learning.cancel")}
      busy={change.isPending}
      error={change.error ? t("learning.failed", { why: failureText(change.error, t) }) : null}
      onConfirm={() => (asking ? change.mutate(asking) : undefined)}
      onCancel={() => {
        change.reset();
        onCancel();
      }}
      fallback={fallback}
    >
      {back ? t("learning.rollBackText", { n: task.in_use ?? 0 }) : t("learning.promoteText")}
    </Confirm>
  );
}

function titleOf(asking: Switch, t: ReturnType<typeof useSpeech>["t"]): string {
  if (asking.kind === "promote") return t("learning.promoteTitle", { n: asking.number });
  return asking.to === 0 ? t("learning.rollBackShipped") : t("learning.rollBackTitle", { n: asking.to });
}
