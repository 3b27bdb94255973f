/** Every language at once, for tests. */
import type { Language } from "./languages";
import { translation as en } from "./locales/en";
import { translation as kk } from "./locales/kk";
import { translation as ru } from "./locales/ru";
import type { Translation } from "./resources";

export const TRANSLATIONS: Record<Language, Translation> = { ru, kk, en };
