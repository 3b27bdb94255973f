import type { PortalFile, PortalMessage, PortalSource } from "@frontdesk/api";
import { formatClock } from "@frontdesk/i18n/dates";
import { safeHref } from "@frontdesk/markdown";
import { Markdown } from "@frontdesk/markdown/Preact";
import { fileAddress } from "../api";
import { FileIcon, SparkIcon } from "../shared/Icons";
import { fileSize } from "../shared/moment";
import { useScene } from "../shell/scene";

interface MessageProps {
  message: PortalMessage;
  before: PortalMessage | undefined;
}

export function MessageView({ message, before }: MessageProps) {
  const { t, language } = useScene();
  const isOwn = message.sender_type === "customer";
  const isNewSpeaker = before?.sender_type !== message.sender_type || before.sender_name !== message.sender_name;
  return (
    <article class={`message message-${message.sender_type}`} data-sender={message.sender_type}>
      {isNewSpeaker && <Speaker message={message} />}
      {message.content && (
        <div class="bubble" dir="auto">
          {isOwn ? message.content : <Markdown text={message.content} names={t} sources={message.sources.length} />}
        </div>
      )}
      {message.attachments.length > 0 && (
        <ul class="files">
          {message.attachments.map((file) => (
            <li key={file.attachment_id}>
              <FileLink file={file} />
            </li>
          ))}
        </ul>
      )}
      {message.sources.length > 0 && <Sources message={message} />}
      <p class="receipt">
        <time dateTime={message.created_at}>{formatClock(message.created_at, language)}</time>
      </p>
    </article>
  );
}

function Speaker({ message }: { message: PortalMessage }) {
  const { t } = useScene();
  if (message.sender_type === "customer") return <h3 class="visually-hidden">{t.you}</h3>;
  if (message.sender_type === "system") return null;
  if (message.sender_type === "ai") {
    return (
      <h3 class="speaker speaker-ai">
        <SparkIcon />
        {t.assistant}
      </h3>
    );
  }
  return (
    <h3 class="speaker speaker-person">
      {message.sender_name ?? t.person}
      {message.sender_name && <small>{t.person}</small>}
    </h3>
  );
}

function FileLink({ file }: { file: PortalFile }) {
  const { language } = useScene();
  const text = (
    <>
      <FileIcon />
      <span class="file-name">{file.filename}</span>
      <span class="muted">{fileSize(file.size, language)}</span>
    </>
  );
  if (!file.is_here) return <span class="file">{text}</span>;
  return (
    <a class="file" href={fileAddress(file.attachment_id)} download={file.filename}>
      {text}
    </a>
  );
}

/** Two passages of one article are one source to a reader. */
export function distinct(sources: PortalSource[]): PortalSource[] {
  return [...new Map(sources.map((source) => [`${source.title}\n${source.url}`, source])).values()];
}

/** Titles alone where an article has no address of its own. */
function Sources({ message }: { message: PortalMessage }) {
  const { t } = useScene();
  return (
    <div class="sources">
      <p class="muted">{t.sources}</p>
      <ol>
        {distinct(message.sources).map((source, index) => {
          const href = source.url === null ? null : safeHref(source.url);
          return (
            <li key={index}>
              {href === null ? (
                source.title
              ) : (
                <a href={href} target="_blank" rel="noopener noreferrer">
                  {source.title}
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
