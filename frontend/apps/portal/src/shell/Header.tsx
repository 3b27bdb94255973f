import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from "@frontdesk/i18n/languages";
import { LeaveIcon, ThemeIcon } from "../shared/Icons";
import { go } from "./route";
import { useScene } from "./scene";

interface HeaderProps {
  desk: string;
  email: string | null;
  onLeave: () => void;
}

export function Header({ desk, email, onLeave }: HeaderProps) {
  const { t } = useScene();
  return (
    <header class="header">
      <a
        class="brand"
        href="/portal/"
        onClick={(event) => {
          event.preventDefault();
          go({ page: "list" });
        }}
      >
        <img src="/portal/mark.svg" alt="" width="28" height="28" />
        <span>{desk}</span>
      </a>
      <div class="header-tools">
        <LanguageSelect />
        <button type="button" class="icon-button" aria-label={t.theme} title={t.theme} onClick={switchTheme}>
          <ThemeIcon size={20} />
        </button>
        {email !== null && (
          <>
            <span class="header-email muted" title={email}>
              {email}
            </span>
            <button type="button" class="icon-button" aria-label={t.leave} title={t.leave} onClick={onLeave}>
              <LeaveIcon size={20} />
            </button>
          </>
        )}
      </div>
    </header>
  );
}

function LanguageSelect() {
  const { t, language, setLanguage } = useScene();
  return (
    <select
      class="language"
      aria-label={t.language}
      value={language}
      onChange={(event) => {
        const next = event.currentTarget.value;
        if (isLanguage(next)) setLanguage(next);
      }}
    >
      {LANGUAGES.map((name) => (
        <option key={name} value={name}>
          {LANGUAGE_NAMES[name]}
        </option>
      ))}
    </select>
  );
}

function switchTheme(): void {
  const root = document.documentElement;
  const next = root.dataset.theme === "light" ? "dark" : "light";
  root.dataset.theme = next;
  try {
    localStorage.setItem("fd.theme", next);
  } catch {
    // Storage is forbidden: it lasts as long as the page.
  }
}
