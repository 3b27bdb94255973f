import { Lock, Paperclip, Sparkles } from "lucide-react";
import type { Attachment, Message, Source } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx } from "@frontdesk/ui";
import { Prose } from "../shared/Prose";
import { sourceTitle } from "../shared/sourceTitle";
import { AiFootnote } from "./AiFootnote";
import { DeliveryMark } from "./DeliveryMark";
import { Resend } from "./Resend";

interface MessageBubbleProps {
  message: Message;
  /** The first of a run by the same speaker: it bears the name. */
  first: boolean;
  onSource: (source: Source) => void;
}

const BUBBLE: Record<Message["sender_type"], string> = {
  customer: "bg-surface-2 rounded-tl-[4px]",
  ai: "glass rounded-tr-[4px]",
  manager: "bg-tint-human rounded-tr-[4px]",
  system: "bg-surface-1",
};

export function MessageBubble({ message, first, onSource }: MessageBubbleProps) {
  const left = message.sender_type === "customer";
  const note = message.kind === "note";
  return (
    <article className={cx("flex max-w-[88%] flex-col gap-1 md:max-w-[80%]", left ? "self-start" : "items-end self-end", first ? "mt-4" : "mt-1")}>
      {first ? <Speaker message={message} /> : null}
      <div
        className={cx(
          "min-w-0 rounded-lg px-4 py-2.5",
          note ? "border border-dashed border-hairline-strong" : BUBBLE[message.sender_type],
        )}
      >
        <Prose text={message.content} cite={(n) => <Citation n={n} message={message} onSource={onSource} />} />
        {message.attachments.map((attachment) => (
          <AttachmentLink key={attachment.attachment_id} attachment={attachment} />
        ))}
      </div>
      <Foot message={message} onSource={onSource} />
    </article>
  );
}

function Speaker({ message }: { message: Message }) {
  const { t } = useSpeech();
  if (message.sender_type === "customer") return <span className="sr-only">{message.sender_name ?? t("inbox.anonymous")}</span>;
  if (message.kind === "note") {
    return (
      <span className="flex items-center gap-1 px-1 text-12 text-muted">
        <Lock size={14} aria-hidden />
        {t("ticket.note")} · {message.sender_name ?? t("ticket.manager")}
      </span>
    );
  }
  if (message.sender_type === "ai") {
    return (
      <span className="flex items-center gap-1 px-1 text-12 font-medium text-ai">
        <Sparkles size={14} aria-hidden />
        {t("ticket.ai")}
      </span>
    );
  }
  const manager = message.sender_type === "manager";
  return (
    <span className={cx("px-1 text-12 font-medium", manager ? "text-human" : "text-muted")}>
      {message.sender_name ?? (manager ? t("ticket.manager") : t("ticket.system"))}
    </span>
  );
}

function Foot({ message, onSource }: { message: Message; onSource: (source: Source) => void }) {
  const { clock, moment } = useSpeech();
  return (
    <div className="flex flex-wrap items-center gap-x-2 px-1 text-12 text-muted">
      {message.ai ? <AiFootnote ai={message.ai} onSource={onSource} /> : null}
      <time dateTime={message.created_at} title={moment(message.created_at)}>
        {clock(message.created_at)}
      </time>
      {message.delivery_state && message.sender_type !== "customer" && message.kind === "text" ? <DeliveryMark state={message.delivery_state} /> : null}
      {message.delivery_state === "failed" && message.sender_type !== "customer" ? <Resend message={message} /> : null}
    </div>
  );
}

function Citation({ n, message, onSource }: { n: number; message: Message; onSource: (source: Source) => void }) {
  const { t } = useSpeech();
  const source = message.ai?.sources[n - 1];
  if (!source) return `[${n}]`;
  return (
    <button
      type="button"
      onClick={() => onSource(source)}
      title={sourceTitle(source, t)}
      aria-label={t("ticket.citation", { n, title: sourceTitle(source, t) })}
      className="inline-flex h-4 min-w-4 items-center justify-center rounded-[4px] bg-surface-2 px-1 align-[1px] font-mono text-12 text-muted hover:text-ink"
    >
      {n}
    </button>
  );
}

function AttachmentLink({ attachment }: { attachment: Attachment }) {
  const { t, size } = useSpeech();
  return (
    <a
      href={attachment.url}
      target="_blank"
      rel="noreferrer"
      aria-label={t("ticket.attachment", { name: attachment.filename })}
      className="mt-2 flex min-w-0 items-center gap-2 rounded-sm border border-hairline px-3 py-2 text-13 text-ink hover:border-hairline-strong"
    >
      <Paperclip size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 truncate">{attachment.filename}</span>
      <span className="ml-auto shrink-0 text-12 text-muted">{size(attachment.size)}</span>
    </a>
  );
}
