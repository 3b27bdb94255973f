/** The words of each language, which come when they are wanted: nobody reads three at once. */
import type { Language } from "./languages";
import type { translation } from "./locales/en";
import type { admin } from "./locales/en/admin";

type Main = typeof translation;
type Admin = typeof admin;
export type Translation = Main & Admin;

const LOAD: Record<Language, () => Promise<{ translation: Main }>> = {
  ru: () => import("./locales/ru"),
  kk: () => import("./locales/kk"),
  en: () => import("./locales/en"),
};

const LOAD_ADMIN: Record<Language, () => Promise<{ admin: Admin }>> = {
  ru: () => import("./locales/ru/admin"),
  kk: () => import("./locales/kk/admin"),
  en: () => import("./locales/en/admin"),
};

/** Without what only the admins' pages say, unless it is wanted. */
export async function loadTranslation(language: Language, withAdmin = false): Promise<Partial<Translation>> {
  const [{ translation }, admin] = await Promise.all([LOAD[language](), withAdmin ? LOAD_ADMIN[language]() : null]);
  return { ...translation, ...admin?.admin };
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
