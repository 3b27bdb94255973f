import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../api";
import type { ChatView } from "../conversation/chat";
import type { Entry } from "../conversation/entries";
import { type Standing, standingOf } from "../conversation/standing";
import { type Locale, type Texts, within } from "../i18n";
import type { Expected } from "../protocol";
import { CheckIcon, ClockIcon, OfflineIcon, PersonIcon } from "./Icons";
import { moment } from "./time";

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

export function useStanding(view: ChatView, list: readonly Entry[]): Standing {
  const trying = useLasting(view.connection === "connecting");
  return standingOf(view, list, trying);
}

interface StatusProps {
  t: Texts;
  locale: Locale;
  view: ChatView;
  standing: Standing;
  desk: Desk | null;
}

/** What stands between the person and an answer, in at most one banner. */
export function Status({ t, locale, view, standing, desk }: StatusProps) {
  const { conversation, connection } = view;
  const banner = bannerOf(t, locale, standing, conversation.expected ?? usual(desk));
  return (
    <div
      class="status"
      role="status"
      data-testid="fd-status"
      data-status={conversation.status ?? "none"}
      data-escalated={String(conversation.escalated)}
      data-next={conversation.next}
      data-connection={connection}
      data-standing={standing.kind}
    >
      {banner && <Banner {...banner} />}
    </div>
  );
}

/** What the desk says of itself in general, where the ticket's status tells nothing better. */
function usual(desk: Desk | null): Expected | null {
  const seconds = desk?.expected_person_seconds;
  return seconds ? { minutes: Math.ceil(seconds / 60), opens_at: null } : null;
}

function bannerOf(t: Texts, locale: Locale, standing: Standing, expected: Expected | null): BannerProps | null {
  switch (standing.kind) {
    case "offline":
      return { tone: "waiting", icon: <OfflineIcon />, title: t.offline };
    case "connecting":
      return { tone: "plain", icon: <ClockIcon />, title: t.connecting };
    case "limited":
      return { tone: "waiting", icon: <ClockIcon />, title: t.limited };
    case "resolved":
      return { tone: "ai", icon: <CheckIcon />, title: t.resolved, text: t.resolvedText };
    case "closed":
      return { tone: "plain", icon: <CheckIcon />, title: t.closed, text: t.closedText };
    case "awaiting": {
      const title = standing.name ? t.waitingFor(standing.name) : t.waitingTitle;
      return { tone: "attention", icon: <PersonIcon />, title, text: waitingText(t, locale, expected) };
    }
    case "person": {
      const title = standing.name ? t.withPerson(standing.name) : t.withSomeone;
      return { tone: "human", icon: <PersonIcon />, title };
    }
    case "assistant":
      return null;
  }
}

function waitingText(t: Texts, locale: Locale, expected: Expected | null): string {
  if (expected?.opens_at) return t.waitingFrom(moment(locale, t, expected.opens_at));
  return expected?.minutes ? t.waitingWithin(within(locale, expected.minutes * 60)) : t.waitingText;
}

interface BannerProps {
  tone: "plain" | "ai" | "attention" | "human" | "waiting";
  icon: ComponentChildren;
  title: string;
  text?: string;
}

function Banner({ tone, icon, title, text }: BannerProps) {
  return (
    <div class={`banner banner-${tone}`} data-testid="fd-banner">
      <span class="banner-icon">{icon}</span>
      <div>
        <p class={text ? "banner-title" : undefined}>{title}</p>
        {text && <p class="banner-text">{text}</p>}
      </div>
    </div>
  );
}
