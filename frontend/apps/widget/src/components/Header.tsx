import type { Desk } from "../api";
import { type Locale, type Texts, within } from "../i18n";
import { CloseIcon } from "./Icons";

interface HeaderProps {
  t: Texts;
  locale: Locale;
  desk: Desk | null;
  onClose: (() => void) | null;
}

export function Header({ t, locale, desk, onClose }: HeaderProps) {
  const seconds = desk?.expected_answer_seconds;
  const name = desk?.name || "Frontdesk";
  return (
    <header class="header">
      <span class="mark" aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      <div class="header-text">
        <h1>{name}</h1>
        <p>
          <span class="pulse" aria-hidden="true" />
          {seconds ? capital(t.answers(within(locale, seconds))) : t.answersSoon}
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
