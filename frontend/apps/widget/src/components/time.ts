import type { Locale, Texts } from "../i18n";

export function clock(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** "9:00" today, "tomorrow, 9:00", "30 November, 9:00". */
export function moment(locale: Locale, t: Texts, at: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(new Date().toISOString())) / 86_400_000);
  if (days === 0) return clock(locale, at);
  const day = days === 1 ? t.tomorrow : new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).format(new Date(at));
  return `${day}, ${clock(locale, at)}`;
}

/** The day's name where a new day begins; the first one is named only when it is not today. */
export function dayLabel(locale: Locale, t: Texts, at: string | null, before: string | null): string | null {
  if (at === null) return null;
  const day = startOfDay(at);
  if (before !== null && startOfDay(before) === day) return null;
  const today = startOfDay(new Date().toISOString());
  if (before === null && day === today) return null;
  if (day === today) return t.today;
  if (Math.round((today - day) / 86_400_000) === 1) return t.yesterday;
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).format(new Date(at));
}

function startOfDay(at: string): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
