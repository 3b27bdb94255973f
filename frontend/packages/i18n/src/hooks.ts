import { useTranslation } from "react-i18next";
import type { TFunction } from "i18next";
import { formatClock } from "./dates";
import { isLanguage, type Language } from "./languages";
import {
  formatAmount,
  formatDate,
  formatDay,
  formatDuration,
  formatMoment,
  formatMoney,
  formatNumber,
  formatShare,
  formatSigned,
  formatSize,
  formatSpan,
  formatWhen,
} from "./format";
import type { Translation } from "./resources";

export type TermGroup = Exclude<
  keyof Translation,
  "nav" | "help" | "settings" | "connection" | "banner" | "common" | "error" | "time" | "inbox" | "ticket" | "source" | "event" | "action" | "context" | "live" | "knowledge" | "learning" | "signIn" | "user" | "account" | "team" | "apiKeys" | "audit" | "compose" | "work" | "bulk" | "snooze" | "macros" | "alerts"
>;

/** The word for a value of an open set; one that this version does not know is shown as it came, readable. */
export function labelOf(t: TFunction, group: TermGroup, value: string): string {
  const key = `${group}.${value}`;
  return t(key as never, { defaultValue: value.replaceAll("_", " ") });
}

/** Everything a component needs to speak: translation, words for values, formats in the interface language. */
export function useSpeech() {
  const { t, i18n } = useTranslation();
  const language: Language = isLanguage(i18n.language) ? i18n.language : "en";
  return {
    t,
    language,
    label: (group: TermGroup, value: string) => labelOf(t, group, value),
    /** The values of a set that have a word. */
    codes: (group: TermGroup) => Object.keys((i18n.getResource(language, "translation", group) as object | undefined) ?? {}),
    span: (ms: number) => formatSpan(t, ms),
    duration: (seconds: number) => formatDuration(t, seconds, language),
    number: (value: number, digits = 0) => formatNumber(value, language, digits),
    share: (value: number, digits = 0) => formatShare(value, language, digits),
    signed: (value: number) => formatSigned(value, language),
    size: (bytes: number) => formatSize(bytes, language),
    amount: (value: string, currency?: string | null) => formatAmount(value, currency, language),
    date: (date: string) => formatDate(date, language),
    money: (value: number, currency: string) => formatMoney(value, currency, language),
    clock: (iso: string) => formatClock(iso, language),
    moment: (iso: string) => formatMoment(iso, language),
    when: (iso: string) => formatWhen(t, iso, language),
    day: (iso: string) => formatDay(t, iso, language),
  };
}
