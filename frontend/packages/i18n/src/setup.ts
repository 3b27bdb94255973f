/** Starts i18next with the console's resources in the remembered language. */
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { chooseLanguage, storedLanguage, storeLanguage, type Language } from "./languages";
import { resources } from "./resources";

export function setupI18n(language?: Language): i18n {
  const chosen = language ?? chooseLanguage(storedLanguage(), navigator.languages);
  void i18next.use(initReactI18next).init({
    resources,
    lng: chosen,
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = chosen;
  return i18next;
}

export async function switchLanguage(language: Language): Promise<void> {
  storeLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
