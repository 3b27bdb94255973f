import { useRef, type KeyboardEvent, type RefObject } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, Segmented, TextArea } from "@frontdesk/ui";
import type { After } from "../data/outgoing";
import type { Kind } from "./begun";
import { DraftBar } from "./DraftBar";
import { FieldNote } from "./FieldNote";
import { SendButton } from "./SendButton";
import { TemplateButton } from "./TemplateSheet";
import { useComposerKeys } from "./useComposerKeys";
import { useDraft } from "./useDraft";
import { useWriting, type Writing } from "./useWriting";

/** Enter sends where a keyboard is: on a touch screen it begins a line. */
const BY_TOUCH = typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;

/** Enter sends, with Shift it begins a line, with Ctrl or ⌘ it also resolves. */
function sendingOf(event: KeyboardEvent): After | null {
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey) return null;
  if (event.ctrlKey || event.metaKey) return "resolve";
  return BY_TOUCH ? null : "nothing";
}

export function ReplyForm({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const field = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting(ticket);
  const { begun, change, isNote, text, limit, reach, ready } = writing;
  const draft = useDraft(ticket, field, writing);
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
          {isNote ? null : <DraftBar draft={draft} begun={begun} onClear={() => writing.write("")} />}
        </div>
        <Field field={field} writing={writing} language={ticket.language} onSend={send} />
        <div className="flex items-center gap-3">
          <FieldNote ticket={ticket} reach={reach} note={isNote} length={text.length} limit={limit} />
          {reach?.templates && !reach.open && !reach.hindrance && !isNote ? <TemplateButton ticket={ticket} account={reach.account} /> : null}
          <SendButton note={isNote} disabled={!ready} onSend={send} />
        </div>
      </div>
    </form>
  );
}

interface FieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  writing: Writing;
  /** In which the customer reads. */
  language: string | null;
  onSend: (after: After) => void;
}

function Field({ field, writing: { isNote, text, write }, language, onSend }: FieldProps) {
  const { t } = useSpeech();
  return (
    <TextArea
      ref={field}
      aria-label={t(isNote ? "compose.noteField" : "compose.replyField")}
      placeholder={t(isNote ? "compose.noteHint" : "compose.replyHint")}
      value={text}
      rows={2}
      lang={isNote ? undefined : (language ?? undefined)}
      onChange={({ target }) => write(target.value)}
      onKeyDown={(event) => {
        const after = sendingOf(event);
        if (after === null) return;
        event.preventDefault();
        onSend(after);
      }}
      className={cx("max-h-[32dvh] min-h-16", isNote && "border-dashed border-hairline-strong")}
    />
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
