/** What was said, oldest first, with what is still on its way at its end. */
import type { PortalMessage } from "@frontdesk/api";
import { daysBetween } from "@frontdesk/i18n/dates";
import { useEffect, useRef } from "preact/hooks";
import { failureText } from "../shared/failure";
import { dayName } from "../shared/moment";
import { useScene } from "../shell/scene";
import { MessageView } from "./MessageView";
import type { Outbox, Outgoing } from "./outgoing";

interface LogProps {
  messages: PortalMessage[];
  outbox: Outbox;
  /** Whether the assistant is writing. */
  busy: boolean;
}

export function Log({ messages, outbox, busy }: LogProps) {
  const { t, language } = useScene();
  const frame = useRef<HTMLDivElement>(null);
  const length = messages.length + outbox.waiting.length;
  useEffect(() => {
    const log = frame.current;
    if (log) log.scrollTop = log.scrollHeight;
  }, [length]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div class="log" role="log" aria-label={t.conversation} tabIndex={0} ref={frame}>
      {messages.map((message, index) => (
        <div key={message.message_id} class="log-item">
          {opensDay(message, messages[index - 1]) && <p class="day">{dayName(t, language, message.created_at)}</p>}
          <MessageView message={message} before={messages[index - 1]} />
        </div>
      ))}
      {outbox.waiting.map((message) => (
        <Pending key={message.key} message={message} outbox={outbox} />
      ))}
      {busy && outbox.waiting.length === 0 && (
        <p class="busy" role="status">
          <span aria-hidden="true" class="dots" />
          {t.states.ai}
        </p>
      )}
    </div>
  );
}

function opensDay(message: PortalMessage, before: PortalMessage | undefined): boolean {
  return before === undefined || daysBetween(new Date(before.created_at), new Date(message.created_at)) !== 0;
}

function Pending({ message, outbox }: { message: Outgoing; outbox: Outbox }) {
  const { t } = useScene();
  const hasFailed = message.failure !== null;
  return (
    <article class="message message-customer">
      <div class="bubble" dir="auto">
        {message.content || message.files.map((file) => file.name).join(", ")}
      </div>
      {hasFailed ? (
        <p class="receipt receipt-failed" role="alert">
          {t.notSent} {failureText(t, message.failure)}
          <button type="button" class="link" onClick={() => outbox.again(message.key)}>
            {t.sendOnceMore}
          </button>
          <button type="button" class="link" onClick={() => outbox.discard(message.key)}>
            {t.discard}
          </button>
        </p>
      ) : (
        <p class="receipt" role="status">
          {t.pending}
        </p>
      )}
    </article>
  );
}
