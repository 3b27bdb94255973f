import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { SendIcon } from "../shared/Icons";
import { useScene } from "../shell/scene";
import { FileChips, FilePicker, useFiles } from "./Files";

const MAX_HEIGHT_PX = 200;

interface ComposerProps {
  onSend: (message: { content: string; files: File[] }) => void;
}

export function Composer({ onSend }: ComposerProps) {
  const { t } = useScene();
  const [content, setContent] = useState("");
  const picked = useFiles();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => fit(field.current), [content]);
  const isEmpty = content.trim() === "" && picked.files.length === 0;
  const send = () => {
    if (isEmpty) return;
    onSend({ content, files: picked.files });
    setContent("");
    picked.clear();
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FileChips picked={picked} />
      <div class="composer-box">
        <FilePicker picked={picked} />
        <Field field={field} content={content} onContent={setContent} onSend={send} />
        <button type="submit" class="send" aria-label={t.send} title={t.send} disabled={isEmpty}>
          <SendIcon size={20} />
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  content: string;
  onContent: (content: string) => void;
  onSend: () => void;
}

function Field({ field, content, onContent, onSend }: FieldProps) {
  const { t } = useScene();
  return (
    <textarea
      ref={field}
      rows={1}
      dir="auto"
      maxLength={100_000}
      aria-label={t.answer}
      placeholder={t.answerHint}
      value={content}
      onInput={(event) => onContent(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
        event.preventDefault();
        onSend();
      }}
    />
  );
}

/** Grows with its text, up to a limit. */
function fit(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_HEIGHT_PX)}px`;
}
