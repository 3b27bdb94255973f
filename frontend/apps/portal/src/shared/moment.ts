import { dayMonth, daysBetween, formatClock } from "@frontdesk/i18n/dates";
import type { Language } from "@frontdesk/i18n/languages";
import type { Texts } from "../texts";

/** A day by its name where it is near, else by its date. */
export function dayName(t: Texts, language: Language, iso: string, now = new Date()): string {
  const date = new Date(iso);
  const ago = daysBetween(date, now);
  if (ago === 0) return t.today;
  if (ago === 1) return t.yesterday;
  return dayMonth(language, date, date.getFullYear() !== now.getFullYear());
}

/** The clock today, the day before that. */
export function shortMoment(t: Texts, language: Language, iso: string, now = new Date()): string {
  return daysBetween(new Date(iso), now) === 0 ? formatClock(iso, language) : dayName(t, language, iso, now);
}

/** The day and the clock, for what is to come. */
export function longMoment(language: Language, iso: string, now = new Date()): string {
  const date = new Date(iso);
  const clock = formatClock(iso, language);
  return daysBetween(now, date) === 0 ? clock : `${dayMonth(language, date)}, ${clock}`;
}

export function fileSize(bytes: number, language: Language): string {
  const large = bytes >= 1_000_000;
  const value = large ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1000));
  const number = new Intl.NumberFormat(language === "en" ? "en" : "ru", { maximumFractionDigits: 1 }).format(value);
  const units = { ru: ["кБ", "МБ"], kk: ["кБ", "МБ"], en: ["kB", "MB"] }[language];
  return `${number} ${units[large ? 1 : 0]}`;
}
