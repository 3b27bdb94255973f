import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { Macro } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Confirm, Sheet } from "@frontdesk/ui";
import { api } from "../data/client";
import { macrosQuery } from "../data/queries";
import { failureText } from "../shared/failure";
import { notices } from "../shared/notices";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";
import { draftOf, EMPTY, macroOf } from "./draft";
import { MacroFields } from "./MacroFields";

interface MacroSheetProps {
  /** Null: a new one. */
  macro: Macro | null;
  onClose: () => void;
}

export function MacroSheet({ macro, onClose }: MacroSheetProps) {
  const { t } = useSpeech();
  return (
    <Sheet open onOpenChange={onClose} title={t(macro ? "macros.edit" : "macros.add")} closeLabel={t("common.close")}>
      <MacroForm macro={macro} onClose={onClose} />
    </Sheet>
  );
}

function useDone(onClose: () => void): () => void {
  const { t } = useSpeech();
  const client = useQueryClient();
  return () => {
    for (const queryKey of [macrosQuery.queryKey, ["offered-macros"]]) void client.invalidateQueries({ queryKey });
    notices.show({ tone: "quiet", text: t("macros.saved") });
    onClose();
  };
}

function MacroForm({ macro, onClose }: MacroSheetProps) {
  const { t } = useSpeech();
  const [draft, setDraft] = useState(() => (macro ? draftOf(macro) : EMPTY));
  const done = useDone(onClose);
  const attempt = useAttempt(() => api.saveMacro(macro?.macro_id ?? null, macroOf(draft, macro)), done);
  const ready = draft.name.trim() !== "" && !attempt.busy;
  return (
    <form
      noValidate
      className="flex flex-col gap-5 p-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) attempt.run(undefined);
      }}
    >
      <MacroFields draft={draft} onChange={(parts) => setDraft((known) => ({ ...known, ...parts }))} />
      <Refusal error={attempt.error} words={{ conflict: t("macros.taken"), validation_error: t("macros.refused") }} />
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" disabled={!ready} aria-busy={attempt.busy}>
          {t("macros.save")}
        </Button>
        {macro ? <Delete macro={macro} onDone={done} /> : null}
      </div>
    </form>
  );
}

function Delete({ macro, onDone }: { macro: Macro; onDone: () => void }) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const attempt = useAttempt(() => api.deleteMacro(macro.macro_id), onDone);
  return (
    <>
      <Button ref={opener} variant="ghost" className="ml-auto" onClick={() => setAsking(true)}>
        <Trash2 size={16} aria-hidden />
        {t("macros.delete")}
      </Button>
      <Confirm
        open={asking}
        title={t("macros.deleteTitle")}
        confirmLabel={t("macros.delete")}
        cancelLabel={t("action.back")}
        busy={attempt.busy}
        error={attempt.error ? failureText(attempt.error, t) : null}
        onConfirm={() => attempt.run(undefined)}
        onCancel={() => setAsking(false)}
        fallback={opener}
      >
        {t("macros.deleteText")}
      </Confirm>
    </>
  );
}
