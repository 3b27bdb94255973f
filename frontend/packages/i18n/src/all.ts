/** Every language at once, for tests. */
import type { Language } from "./languages";
import { translation as en } from "./locales/en";
import { admin as enAdmin } from "./locales/en/admin";
import { translation as kk } from "./locales/kk";
import { admin as kkAdmin } from "./locales/kk/admin";
import { translation as ru } from "./locales/ru";
import { admin as ruAdmin } from "./locales/ru/admin";
import type { Translation } from "./resources";

export const TRANSLATIONS: Record<Language, Translation> = {
  ru: { ...ru, ...ruAdmin },
  kk: { ...kk, ...kkAdmin },
  en: { ...en, ...enAdmin },
};
