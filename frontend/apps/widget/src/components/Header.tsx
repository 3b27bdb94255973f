import type { Desk } from "../api";
import type { Standing } from "../conversation/standing";
import { type Locale, type Texts, within } from "../i18n";
import { CloseIcon } from "./Icons";

interface HeaderProps {
  t: Texts;
  locale: Locale;
  desk: Desk | null;
  standing: Standing;
  onClose: (() => void) | null;
}

export function Header({ t, locale, desk, standing, onClose }: HeaderProps) {
  const name = desk?.name || "Frontdesk";
  return (
    <header class="header">
      <span class="mark" aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      <div class="header-text">
        <h1>{name}</h1>
        <p data-testid="fd-label">
          <span class={`pulse pulse-${standing.kind}`} aria-hidden="true" />
          {labelOf(t, locale, desk, standing)}
        </p>
      </div>
      {onClose && (
        <button type="button" class="icon-button" aria-label={t.close} title={t.close} onClick={onClose}>
          <CloseIcon size={20} />
        </button>
      )}
    </header>
  );
}

/** Who owes the next move, in a few words; the banner says more. */
function labelOf(t: Texts, locale: Locale, desk: Desk | null, standing: Standing): string {
  switch (standing.kind) {
    case "offline":
      return t.labelOffline;
    case "awaiting":
      return t.labelAwaiting;
    case "person":
      return t.labelPerson;
    case "resolved":
      return t.labelResolved;
    case "closed":
      return t.labelClosed;
    case "connecting":
    case "limited":
    case "assistant": {
      const seconds = desk?.expected_answer_seconds;
      return seconds ? capital(t.answers(within(locale, seconds))) : t.answersSoon;
    }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
