/** Days and clocks as each language writes them; apart from the texts, for pages that must stay small. */

/**
 * Browsers ship without Kazakh number and date forms; its numbers and clock are written as in Russian.
 * English follows the 24-hour clock and day-month order of the desks' part of the world.
 */
const LOCALES: Record<string, string> = { kk: "ru", en: "en-GB" };

const KAZAKH_MONTHS = [
  "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
  "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
];

export const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** Whose number and date forms the browser is to take. */
export function formsOf(language: string): string {
  return LOCALES[language] ?? language;
}

export function formatClock(iso: string, language: string): string {
  return new Intl.DateTimeFormat(formsOf(language), CLOCK).format(new Date(iso));
}

/** "21 November", with the year where it is asked for. */
export function dayMonth(language: string, date: Date, withYear = false): string {
  if (language === "kk") return kazakhDate(date, withYear);
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "long" };
  if (withYear) options.year = "numeric";
  return new Intl.DateTimeFormat(formsOf(language), options).format(date);
}

function kazakhDate(date: Date, withYear: boolean): string {
  const day = `${date.getDate()} ${KAZAKH_MONTHS[date.getMonth()]}`;
  return withYear ? `${date.getFullYear()} ж. ${day}` : day;
}

/** Whole days from one moment's day to another's, as the reader's clock counts them; before it, negative. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / 86_400_000);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
