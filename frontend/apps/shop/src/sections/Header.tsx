import { LOCALES, type Locale, type Texts } from "../texts";
import { Mark } from "../art/Mark";

interface HeaderProps {
  t: Texts;
  locale: Locale;
  onLocale: (locale: Locale) => void;
}

const NAMES: Record<Locale, [short: string, long: string]> = {
  ru: ["Рус", "Русский"],
  kk: ["Қаз", "Қазақша"],
  en: ["Eng", "English"],
};

export function Header({ t, locale, onLocale }: HeaderProps) {
  return (
    <header class="header">
      <div class="page header-in">
        <a class="brand" href="#top">
          <Mark />
          <span>
            <b>{t.brand}</b>
            <small>{t.tagline}</small>
          </span>
        </a>
        <nav class="nav">
          <a href="#catalogue">{t.nav.catalogue}</a>
          <a href="#delivery">{t.nav.delivery}</a>
          <a href="#help">{t.nav.help}</a>
        </nav>
        <div class="languages" role="group" aria-label={t.language}>
          {LOCALES.map((code) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === locale}
              title={NAMES[code][1]}
              onClick={() => onLocale(code)}
            >
              {NAMES[code][0]}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}
