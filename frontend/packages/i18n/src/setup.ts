/** Starts i18next with the words of the remembered language. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { chooseLanguage, isLanguage, storedLanguage, storeLanguage, type Language } from "./languages";
import { loadTranslation, type Part, type Translation } from "./resources";

export async function setupI18n(): Promise<void> {
  const chosen = chooseLanguage(storedLanguage(), navigator.languages);
  startI18n(chosen, await loadTranslation(chosen));
}

export function startI18n(language: Language, translation: Partial<Translation>): void {
  void i18next.use(initReactI18next).init({
    resources: { [language]: { translation } },
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

const wanted = new Set<Part>();

/** From now on what these pages and sheets say is there too. */
export async function loadWords(part: Part): Promise<void> {
  wanted.add(part);
  const { language } = i18next;
  if (isLanguage(language)) i18next.addResourceBundle(language, "translation", await loadTranslation(language, [part]), true);
}

/** Where the words cannot be fetched now the language stays as it is. */
export async function switchLanguage(language: Language): Promise<void> {
  const translation = await loadTranslation(language, wanted).catch(() => null);
  if (!translation) return;
  i18next.addResourceBundle(language, "translation", translation, true);
  storeLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
