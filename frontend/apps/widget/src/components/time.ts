import { dayMonth, daysBetween, formatClock } from "@frontdesk/i18n/dates";
import type { Locale, Texts } from "../i18n";

/** "9:00" today, "tomorrow, 9:00", "30 November, 9:00". */
export function moment(locale: Locale, t: Texts, at: string, now = new Date()): string {
  const date = new Date(at);
  const days = daysBetween(now, date);
  if (days === 0) return formatClock(at, locale);
  const day = days === 1 ? t.tomorrow : dayMonth(locale, date);
  return `${day}, ${formatClock(at, locale)}`;
}

/** The day's name where a new day begins; the first one is named only when it is not today. */
export function dayLabel(locale: Locale, t: Texts, at: string | null, before: string | null, now = new Date()): string | null {
  if (at === null) return null;
  const date = new Date(at);
  if (before !== null && daysBetween(new Date(before), date) === 0) return null;
  const ago = daysBetween(date, now);
  if (ago === 0) return before === null ? null : t.today;
  if (ago === 1) return t.yesterday;
  return dayMonth(locale, date, date.getFullYear() !== now.getFullYear());
}
