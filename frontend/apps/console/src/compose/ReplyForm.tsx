import { Slash } from "lucide-react";
import { useRef } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Segmented } from "@frontdesk/ui";
import type { After } from "../data/outgoing";
import type { Kind } from "./begun";
import { DraftBar } from "./DraftBar";
import { Field } from "./Field";
import { FieldNote } from "./FieldNote";
import { MacroChip } from "./MacroChip";
import { SendButton } from "./SendButton";
import { TemplateButton } from "./TemplateSheet";
import { useComposerKeys } from "./useComposerKeys";
import { useDraft } from "./useDraft";
import { useMacroMenu } from "./useMacroMenu";
import { useWriting } from "./useWriting";

export function ReplyForm({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const field = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting(ticket);
  const { begun, change, isNote, text, limit, reach, ready } = writing;
  const draft = useDraft(ticket, field, writing);
  const menu = useMacroMenu(ticket, field, writing);
  useComposerKeys(field, (kind) => change({ kind }));

  const send = (after: After) => {
    writing.send(after);
    field.current?.focus();
  };
  return (
    <form
      data-acts
      aria-label={t("compose.title")}
      onSubmit={(event) => {
        event.preventDefault();
        send("nothing");
      }}
      className="shrink-0 border-t border-hairline bg-surface-1 px-3 py-2.5 md:px-6 md:py-3"
    >
      <div className="mx-auto flex w-full max-w-[760px] flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-1 gap-y-1 md:gap-x-3">
          <KindSwitch kind={begun.kind} onChange={(kind) => change({ kind })} />
          {isNote ? null : <MacroButton onUse={menu.begin} />}
          {isNote ? null : <DraftBar draft={draft} begun={begun} onClear={() => writing.write("")} />}
        </div>
        <Field ticket={ticket} field={field} writing={writing} menu={menu} onSend={send} />
        <MacroChip macro={isNote ? null : begun.macro} onRemove={() => change({ macro: null })} />
        <div className="flex items-center gap-3">
          <FieldNote ticket={ticket} reach={reach} note={isNote} length={text.length} limit={limit} missing={writing.missing} />
          {reach?.templates && !reach.open && !reach.hindrance && !isNote ? <TemplateButton ticket={ticket} account={reach.account} /> : null}
          <SendButton note={isNote} disabled={!ready} onSend={send} />
        </div>
      </div>
    </form>
  );
}

function MacroButton({ onUse }: { onUse: () => void }) {
  const { t } = useSpeech();
  return (
    <Button size="sm" variant="ghost" className="h-8" onClick={onUse}>
      <Slash size={14} aria-hidden />
      {t("macros.open")}
    </Button>
  );
}

function KindSwitch({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useSpeech();
  return (
    <Segmented
      label={t("compose.kind")}
      value={kind}
      onChange={(value) => onChange(value === "note" ? "note" : "text")}
      options={[
        { value: "text", label: t("compose.reply") },
        { value: "note", label: t("compose.note") },
      ]}
    />
  );
}
