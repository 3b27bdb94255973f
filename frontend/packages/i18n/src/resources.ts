import { access as accessEn } from "./locales/en/access";
import { codes as codesEn } from "./locales/en/codes";
import { console as consoleEn } from "./locales/en/console";
import { terms as termsEn } from "./locales/en/terms";
import { work as workEn } from "./locales/en/work";
import { access as accessKk } from "./locales/kk/access";
import { codes as codesKk } from "./locales/kk/codes";
import { console as consoleKk } from "./locales/kk/console";
import { terms as termsKk } from "./locales/kk/terms";
import { work as workKk } from "./locales/kk/work";
import { access as accessRu } from "./locales/ru/access";
import { codes as codesRu } from "./locales/ru/codes";
import { console as consoleRu } from "./locales/ru/console";
import { terms as termsRu } from "./locales/ru/terms";
import { work as workRu } from "./locales/ru/work";

/** Terms and the console's words share one tree, so that a key is written without a namespace. */
export const resources = {
  en: { translation: { ...termsEn, ...codesEn, ...consoleEn, ...accessEn, ...workEn } },
  ru: { translation: { ...termsRu, ...codesRu, ...consoleRu, ...accessRu, ...workRu } },
  kk: { translation: { ...termsKk, ...codesKk, ...consoleKk, ...accessKk, ...workKk } },
};

export type Translation = (typeof resources)["en"]["translation"];

/** Keys of `t` are checked wherever the resources are imported. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Translation };
  }
}
