import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatView } from "../conversation/chat";
import { type Entry, openChoices } from "../conversation/entries";
import type { Locale, Texts } from "../i18n";
import { Choices } from "./Choices";
import { DownIcon, SparkIcon } from "./Icons";
import { MessageView } from "./MessageView";

interface LogProps {
  t: Texts;
  locale: Locale;
  view: ChatView;
  list: readonly Entry[];
  onRetry: (clientMsgId: string) => void;
  onChoose: (text: string) => void;
}

const NEAR_PX = 80;

export function Log({ t, locale, view, list, onRetry, onChoose }: LogProps) {
  const { box, away, toEnd, onScroll } = useFollowing(list);
  const writing = typingOf(view, list);
  return (
    <main class="log-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div class="log" ref={box} role="log" aria-live="polite" aria-label={t.log} tabIndex={0} onScroll={onScroll}>
        {list.map((entry, index) => (
          <MessageView
            key={entry.key}
            t={t}
            locale={locale}
            entry={entry}
            before={list[index - 1] ?? null}
            last={list[index + 1]?.sender !== entry.sender}
            offline={view.connection === "offline"}
            onRetry={onRetry}
          />
        ))}
        <Choices t={t} choices={openChoices(list)} onChoose={onChoose} />
        {writing && <Typing t={t} who={writing} />}
      </div>
      {away && (
        <button type="button" class="to-end" aria-label={t.latest} title={t.latest} onClick={toEnd}>
          <DownIcon />
        </button>
      )}
    </main>
  );
}

/** Stays at the end while new lines come, until the person scrolls away; a message of their own brings them back. */
function useFollowing(list: readonly Entry[]) {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = () => {
    following.current = true;
    setAway(false);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    setAway(!following.current);
  };
  const own = list.filter((entry) => entry.sender === "customer").length;
  useLayoutEffect(toEnd, [own]);
  useLayoutEffect(() => {
    if (following.current) toEnd();
  });
  return { box, away, toEnd, onScroll };
}

/** Who is writing: said by the server, or known from the ticket's state after a reload. */
function typingOf({ conversation }: ChatView, list: readonly Entry[]): "ai" | "person" | null {
  if (conversation.personTyping) return "person";
  const streaming = list.some((entry) => entry.streaming);
  const busy = conversation.aiTyping || conversation.status === "ai_processing";
  return busy && !streaming && list.at(-1)?.sender === "customer" ? "ai" : null;
}

function Typing({ t, who }: { t: Texts; who: "ai" | "person" }) {
  return (
    <div class={`typing typing-${who}`}>
      {who === "ai" && <SparkIcon />}
      <span>{who === "ai" ? t.aiTyping : t.personTyping}</span>
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  );
}
