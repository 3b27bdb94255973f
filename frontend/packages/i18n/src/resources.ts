/** The words of each language, which come when they are wanted: nobody reads three at once. */
import type { Language } from "./languages";
import type { translation } from "./locales/en";

export type Translation = typeof translation;

const LOAD: Record<Language, () => Promise<{ translation: Translation }>> = {
  ru: () => import("./locales/ru"),
  kk: () => import("./locales/kk"),
  en: () => import("./locales/en"),
};

export async function loadTranslation(language: Language): Promise<Translation> {
  return (await LOAD[language]()).translation;
}

/** So that a language can be chosen also without a connection. */
export function fetchTranslations(): void {
  for (const load of Object.values(LOAD)) load().catch(() => undefined);
}

/** Keys of `t` are checked wherever the words are imported. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Translation };
  }
}
