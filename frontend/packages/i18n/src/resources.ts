/** The words of each language, which come when they are wanted: nobody reads three at once. */
import type { Language } from "./languages";
import type { translation } from "./locales/en";
import type { admin } from "./locales/en/admin";
import type { tools } from "./locales/en/tools";

type Main = typeof translation;
type Admin = typeof admin;
type Tools = typeof tools;
export type Translation = Main & Admin & Tools;

const LOAD: Record<Language, () => Promise<{ translation: Main }>> = {
  ru: () => import("./locales/ru"),
  kk: () => import("./locales/kk"),
  en: () => import("./locales/en"),
};

/** What only some pages and sheets say. */
export type Part = "admin" | "tools";

const LOAD_PART: Record<Part, Record<Language, () => Promise<Partial<Admin & Tools>>>> = {
  admin: {
    ru: async () => (await import("./locales/ru/admin")).admin,
    kk: async () => (await import("./locales/kk/admin")).admin,
    en: async () => (await import("./locales/en/admin")).admin,
  },
  tools: {
    ru: async () => (await import("./locales/ru/tools")).tools,
    kk: async () => (await import("./locales/kk/tools")).tools,
    en: async () => (await import("./locales/en/tools")).tools,
  },
};

/** With the parts that are wanted, and no other. */
export async function loadTranslation(language: Language, parts: Iterable<Part> = []): Promise<Partial<Translation>> {
  const [{ translation }, ...others] = await Promise.all([LOAD[language](), ...[...parts].map((part) => LOAD_PART[part][language]())]);
  return Object.assign({}, translation, ...others) as Partial<Translation>;
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
