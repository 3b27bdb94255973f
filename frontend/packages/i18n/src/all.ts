/** Every language at once, for tests. */
import type { Language } from "./languages";
import { translation as en } from "./locales/en";
import { admin as enAdmin } from "./locales/en/admin";
import { tools as enTools } from "./locales/en/tools";
import { translation as kk } from "./locales/kk";
import { admin as kkAdmin } from "./locales/kk/admin";
import { tools as kkTools } from "./locales/kk/tools";
import { translation as ru } from "./locales/ru";
import { admin as ruAdmin } from "./locales/ru/admin";
import { tools as ruTools } from "./locales/ru/tools";
import type { Translation } from "./resources";

export const TRANSLATIONS: Record<Language, Translation> = {
  ru: { ...ru, ...ruAdmin, ...ruTools },
  kk: { ...kk, ...kkAdmin, ...kkTools },
  en: { ...en, ...enAdmin, ...enTools },
};
