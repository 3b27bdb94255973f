import type { PortalAccepted, PortalConversation } from "@frontdesk/api";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { failureText, isNotFound } from "../shared/failure";
import { BackIcon } from "../shared/Icons";
import { Notice, Skeletons } from "../shared/Notice";
import { Expected, State, stateOf } from "../shared/State";
import { go } from "../shell/route";
import { useScene } from "../shell/scene";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { useOutbox } from "./outgoing";
import { usePolled } from "./usePolled";

const SOON_MS = 2500;
const LATER_MS = 15_000;

interface ConversationProps {
  /** A ticket's id or number. */
  id: string;
  onChanged: () => void;
}

export function Conversation({ id, onChanged }: ConversationProps) {
  const { client } = useScene();
  const read = useCallback(() => client.conversation(id), [client, id]);
  const { value, failure, look } = usePolled(read, pauseOf);
  const outbox = useOutbox(client, id, async (accepted) => {
    await look();
    onChanged();
    leadOn(accepted, value);
  });
  return (
    <section class="pane pane-open" aria-labelledby={value ? "ticket-title" : undefined}>
      <Head conversation={value} />
      {value === null ? (
        <Missing failure={failure} onRetry={() => void look()} />
      ) : (
        <>
          <Log messages={value.messages} outbox={outbox} busy={value.ticket.next === "ai"} />
          <Answer conversation={value} onSend={outbox.send} />
        </>
      )}
    </section>
  );
}

/** An answer to a closed ticket begins another one: the reader goes with their message. */
function leadOn(accepted: PortalAccepted, before: PortalConversation | null): void {
  const isAnother = before !== null && accepted.ticket_id !== before.ticket.ticket_id;
  if (isAnother && accepted.status === "recorded") go({ page: "ticket", id: accepted.ticket_number }, { replace: true });
}

function Head({ conversation }: { conversation: PortalConversation | null }) {
  const { t } = useScene();
  const heading = useRef<HTMLHeadingElement>(null);
  const isThere = conversation !== null;
  useEffect(() => {
    if (isThere) heading.current?.focus({ preventScroll: true });
  }, [isThere]);
  return (
    <div class="pane-head conversation-head">
      <button type="button" class="icon-button back" aria-label={t.back} title={t.back} onClick={() => go({ page: "list" })}>
        <BackIcon size={20} />
      </button>
      {conversation && (
        <div class="conversation-title">
          <h2 id="ticket-title" ref={heading} tabIndex={-1} dir="auto">
            {conversation.ticket.subject}
          </h2>
          <p class="ticket-line">
            <State ticket={conversation.ticket} />
            <Expected ticket={conversation.ticket} />
            <span class="number muted">{conversation.ticket.ticket_number}</span>
          </p>
        </div>
      )}
    </div>
  );
}

function Missing({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  const { t } = useScene();
  if (failure === null) return <Skeletons count={3} label={t.loading} />;
  if (isNotFound(failure)) {
    return (
      <Notice title={t.notFound} text={t.notFoundWhy}>
        <button type="button" class="secondary" onClick={() => go({ page: "list" })}>
          {t.back}
        </button>
      </Notice>
    );
  }
  return (
    <Notice alert title={t.failed} text={failureText(t, failure)}>
      <button type="button" class="secondary" onClick={onRetry}>
        {t.retry}
      </button>
    </Notice>
  );
}

interface AnswerProps {
  conversation: PortalConversation;
  onSend: (message: { content: string; files: File[] }) => void;
}

function Answer({ conversation, onSend }: AnswerProps) {
  const { t } = useScene();
  const { ticket, is_answerable } = conversation;
  if (!is_answerable) return <p class="aside">{t.elsewhere(t.channels[ticket.channel])}</p>;
  return (
    <>
      {stateOf(ticket) === "closed" && <p class="aside">{t.closedNote}</p>}
      <Composer onSend={onSend} />
    </>
  );
}

function pauseOf(value: PortalConversation | null): number {
  return value?.ticket.next === "ai" ? SOON_MS : LATER_MS;
}
