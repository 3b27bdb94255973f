import { useEffect, useRef, useState } from "preact/hooks";
import { failureText } from "../shared/failure";
import { BackIcon } from "../shared/Icons";
import { Notice } from "../shared/Notice";
import { go } from "../shell/route";
import { useScene } from "../shell/scene";
import { FileChips, FilePicker, useFiles } from "./Files";

export function NewRequest({ onSent }: { onSent: () => void }) {
  const { t } = useScene();
  const [received, setReceived] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="pane pane-open" aria-labelledby="new-title">
      <div class="pane-head conversation-head">
        <button type="button" class="icon-button back" aria-label={t.back} title={t.back} onClick={() => go({ page: "list" })}>
          <BackIcon size={20} />
        </button>
        <h2 id="new-title" ref={heading} tabIndex={-1}>
          {t.newRequest}
        </h2>
      </div>
      {received ? (
        <Notice title={t.received}>
          <button type="button" class="secondary" onClick={() => go({ page: "list" })}>
            {t.back}
          </button>
        </Notice>
      ) : (
        <RequestForm onSent={onSent} onPending={() => setReceived(true)} />
      )}
    </section>
  );
}

interface RequestFormProps {
  onSent: () => void;
  /** It is kept, and cannot be read yet. */
  onPending: () => void;
}

function useSending({ onSent, onPending }: RequestFormProps) {
  const { client } = useScene();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  // One key for the form, and another once something in it changes: pressed twice it is sent once.
  const key = useRef({ of: "", value: "" });
  const send = async (subject: string, content: string, files: File[]) => {
    const of = [subject, content, ...files.map((file) => `${file.name}:${file.size}:${file.lastModified}`)].join("\n");
    if (key.current.of !== of) key.current = { of, value: crypto.randomUUID() };
    setBusy(true);
    setFailure(null);
    try {
      const accepted = await client.send(null, { subject, content, files }, key.current.value);
      onSent();
      if (accepted.status === "recorded") go({ page: "ticket", id: accepted.ticket_number }, { replace: true });
      else onPending();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return { busy, failure, send };
}

function RequestForm(props: RequestFormProps) {
  const { t } = useScene();
  const [subject, setSubject] = useState("");
  const [content, setContent] = useState("");
  const picked = useFiles();
  const { busy, failure, send } = useSending(props);
  const isEmpty = content.trim() === "" && picked.files.length === 0;
  return (
    <form
      class="form request"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && !isEmpty) void send(subject.trim(), content, picked.files);
      }}
    >
      <label for="subject">{t.subject}</label>
      <input id="subject" maxLength={200} dir="auto" placeholder={t.subjectHint} value={subject} onInput={(event) => setSubject(event.currentTarget.value)} />
      <label for="content">{t.message}</label>
      <textarea id="content" rows={8} dir="auto" maxLength={100_000} placeholder={t.messageHint} value={content} onInput={(event) => setContent(event.currentTarget.value)} />
      <FileChips picked={picked} />
      {failure !== null && (
        <p class="failure" role="alert">
          {failureText(t, failure)}
        </p>
      )}
      <div class="row">
        <button type="submit" class="primary" disabled={busy || isEmpty}>
          {busy ? t.sending : t.send}
        </button>
        <FilePicker picked={picked} named />
      </div>
    </form>
  );
}
