import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../api";
import type { ChatView } from "../conversation/chat";
import { type Entry, personInCharge } from "../conversation/entries";
import { type Locale, type Texts, within } from "../i18n";
import { CheckIcon, ClockIcon, OfflineIcon, PersonIcon } from "./Icons";

interface StatusProps {
  t: Texts;
  locale: Locale;
  view: ChatView;
  list: readonly Entry[];
  desk: Desk | null;
}

const PATIENCE_MS = 1500;

/** True once something has lasted: a reconnect of a moment is nobody's concern. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!now) return undefined;
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return now && lasting;
}

/** What stands between the person and an answer: the connection, and who has the conversation. */
export function Status({ t, locale, view, list, desk }: StatusProps) {
  const { conversation, connection } = view;
  const trying = useLasting(connection === "connecting" && list.length > 0);
  return (
    <div
      class="status"
      role="status"
      data-testid="fd-status"
      data-status={conversation.status ?? "none"}
      data-escalated={String(conversation.escalated)}
      data-connection={connection}
    >
      {connection === "offline" && <Banner tone="waiting" icon={<OfflineIcon />} title={t.offline} />}
      {connection === "limited" && <Banner tone="waiting" icon={<ClockIcon />} title={t.limited} />}
      {trying && <Banner tone="plain" icon={<ClockIcon />} title={t.connecting} />}
      {conversation.escalated && <Escalated t={t} locale={locale} list={list} desk={desk} />}
      {conversation.status === "resolved" && <Banner tone="ai" icon={<CheckIcon />} title={t.resolved} />}
    </div>
  );
}

function Escalated({ t, locale, list, desk }: Omit<StatusProps, "view">) {
  const person = personInCharge(list);
  if (person) {
    const title = person.name ? t.withPerson(person.name) : t.withSomeone;
    return <Banner tone="human" icon={<PersonIcon />} title={title} />;
  }
  const seconds = personSeconds(desk);
  const text = seconds ? t.waitingWithin(within(locale, seconds)) : t.waitingText;
  return <Banner tone="attention" icon={<PersonIcon />} title={t.waitingTitle} text={text} />;
}

/** The desk's promise for people; an expectation of a minute or more is no machine's. */
function personSeconds(desk: Desk | null): number | null {
  const expected = desk?.expected_answer_seconds ?? 0;
  return desk?.expected_person_seconds ?? (expected >= 60 ? expected : null);
}

interface BannerProps {
  tone: "plain" | "ai" | "attention" | "human" | "waiting";
  icon: ComponentChildren;
  title: string;
  text?: string;
}

function Banner({ tone, icon, title, text }: BannerProps) {
  return (
    <div class={`banner banner-${tone}`}>
      <span class="banner-icon">{icon}</span>
      <div>
        <p class={text ? "banner-title" : undefined}>{title}</p>
        {text && <p class="banner-text">{text}</p>}
      </div>
    </div>
  );
}
