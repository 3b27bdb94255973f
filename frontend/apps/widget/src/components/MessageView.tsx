import { formatClock } from "@frontdesk/i18n/dates";
import { Markdown } from "@frontdesk/markdown/Preact";
import { useState } from "preact/hooks";
import type { Entry } from "../conversation/entries";
import type { Locale, Texts } from "../i18n";
import { AlertIcon, CheckIcon, ClockIcon, RetryIcon, SparkIcon } from "./Icons";
import { Sources } from "./Sources";
import { dayLabel } from "./time";

interface MessageProps {
  t: Texts;
  locale: Locale;
  entry: Entry;
  before: Entry | null;
  /** The last of a run by the same sender. */
  last: boolean;
  offline: boolean;
  onRetry: (clientMsgId: string) => void;
}

export function MessageView(props: MessageProps) {
  const { t, locale, entry, before } = props;
  const day = dayLabel(locale, t, entry.at, before?.at ?? null);
  const opens = day !== null || before?.sender !== entry.sender || before.name !== entry.name;
  return (
    <>
      {day && <p class="day">{day}</p>}
      <article
        class={`message message-${entry.sender}`}
        data-testid="fd-message"
        data-sender={entry.sender}
        data-state={entry.streaming ? "streaming" : "complete"}
        data-delivery={entry.delivery}
        aria-busy={entry.streaming}
      >
        {opens && <Sender t={t} entry={entry} />}
        <Body t={t} entry={entry} />
        {entry.sender === "customer" ? <Receipt {...props} /> : props.last && <Time locale={locale} entry={entry} />}
      </article>
    </>
  );
}

function Sender({ t, entry }: { t: Texts; entry: Entry }) {
  if (entry.sender === "customer") return <h2 class="visually-hidden">{t.you}</h2>;
  if (entry.sender === "system") return null;
  if (entry.sender === "ai") {
    return (
      <h2 class="sender">
        <SparkIcon size={14} />
        {t.ai}
      </h2>
    );
  }
  const name = entry.name ?? t.person;
  return (
    <h2 class="sender sender-person">
      <span class="initials" aria-hidden="true">
        {initials(name)}
      </span>
      {name}
      {entry.name && <small>{t.person}</small>}
    </h2>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? "")
    .join("")
    .toUpperCase();
}

function Body({ t, entry }: { t: Texts; entry: Entry }) {
  const [opened, setOpened] = useState<number | null>(null);
  const toggle = (n: number) => setOpened(opened === n ? null : n);
  if (entry.sender === "customer") {
    return (
      <div class="bubble" dir="auto">
        {entry.text}
      </div>
    );
  }
  return (
    <>
      <div class="bubble" dir="auto">
        <Markdown
          text={entry.text}
          names={t}
          streaming={entry.streaming}
          sources={entry.sources.length}
          citeLabel={t.source}
          onCite={toggle}
        />
      </div>
      {/* a question that offers its topics as buttons does not offer them as sources too */}
      {entry.sources.length > 0 && entry.choices.length === 0 && !entry.streaming && (
        <Sources t={t} id={entry.key} sources={entry.sources} opened={opened} onToggle={toggle} />
      )}
    </>
  );
}

function Time({ locale, entry }: { locale: Locale; entry: Entry }) {
  return entry.at && !entry.streaming && entry.sender !== "system" ? <p class="receipt">{formatClock(entry.at, locale)}</p> : null;
}

function Receipt({ t, locale, entry, last, offline, onRetry }: MessageProps) {
  if (entry.delivery === "failed") return <Failed t={t} entry={entry} onRetry={onRetry} />;
  if (entry.delivery === "pending") {
    return (
      <p class="receipt">
        <ClockIcon size={12} />
        {offline ? t.queued : t.sending}
      </p>
    );
  }
  if (!last) return null;
  return (
    <p class="receipt">
      {entry.at && formatClock(entry.at, locale)}
      <CheckIcon size={12} />
      <span class="visually-hidden">{t.sent}</span>
    </p>
  );
}

function Failed({ t, entry, onRetry }: Pick<MessageProps, "t" | "entry" | "onRetry">) {
  return (
    <p class="receipt receipt-failed" role="alert">
      <AlertIcon size={12} />
      <span>
        {t.failed}
        {entry.failure ? `: ${entry.failure}` : ""}
      </span>
      <button type="button" onClick={() => entry.clientMsgId && onRetry(entry.clientMsgId)}>
        <RetryIcon size={12} />
        {t.retry}
      </button>
    </p>
  );
}
