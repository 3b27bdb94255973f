import { Check, Moon, Sun } from "lucide-react";
import { LANGUAGE_NAMES, LANGUAGES, switchLanguage, useSpeech } from "@frontdesk/i18n";
import { cx, setTheme, useTheme, type Theme } from "@frontdesk/ui";

const OPTION =
  "flex h-9 max-md:h-11 w-full items-center gap-2 rounded-sm px-2 text-13 transition-colors aria-checked:bg-surface-2 aria-checked:text-ink";

const THEMES: { value: Theme; icon: typeof Moon }[] = [
  { value: "dark", icon: Moon },
  { value: "light", icon: Sun },
];

/** Theme and language: choices about looking, kept in this browser. */
export function DisplaySettings() {
  const { t, language } = useSpeech();
  const theme = useTheme();
  return (
    <div className="flex flex-col gap-4">
      <Choice label={t("settings.theme")}>
        {THEMES.map(({ value, icon: Icon }) => (
          <Option key={value} checked={theme === value} onChoose={() => setTheme(value)}>
            <Icon size={16} aria-hidden />
            {t(`settings.${value}`)}
          </Option>
        ))}
      </Choice>
      <Choice label={t("settings.language")}>
        {LANGUAGES.map((value) => (
          <Option key={value} checked={language === value} lang={value} onChoose={() => void switchLanguage(value)}>
            {LANGUAGE_NAMES[value]}
          </Option>
        ))}
      </Choice>
    </div>
  );
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-col gap-1">
      <p aria-hidden className="mb-1 px-2 text-12 font-medium text-muted">
        {label}
      </p>
      {children}
    </div>
  );
}

interface OptionProps {
  checked: boolean;
  lang?: string;
  onChoose: () => void;
  children: React.ReactNode;
}

function Option({ checked, lang, onChoose, children }: OptionProps) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={checked}
      lang={lang}
      onClick={onChoose}
      className={cx(OPTION, checked ? "font-medium" : "text-muted hover:text-ink")}
    >
      {children}
      {checked ? <Check size={16} aria-hidden className="ml-auto" /> : null}
    </button>
  );
}
