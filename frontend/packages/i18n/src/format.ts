/** Numbers, dates and spans of time in the interface language. */
import type { TFunction } from "i18next";
import { CLOCK, dayMonth, daysBetween, formatClock, formsOf } from "./dates";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span as one short unit, rounded down as people do: 12 min, 3 h, 2 d. */
export function formatSpan(t: TFunction, ms: number): string {
  if (ms < MINUTE) return t("time.now");
  if (ms < HOUR) return t("time.minutes", { n: Math.floor(ms / MINUTE) });
  if (ms < DAY) return t("time.hours", { n: Math.floor(ms / HOUR) });
  return t("time.days", { n: Math.floor(ms / DAY) });
}

/** A measured duration, where seconds and their tenths matter. */
export function formatDuration(t: TFunction, seconds: number, language: string): string {
  if (seconds < 1) return t("time.millis", { n: Math.round(seconds * 1000) });
  if (seconds >= 60) return formatSpan(t, seconds * 1000);
  const digits = seconds < 10 ? 1 : 0;
  return t("time.seconds", { n: formatNumber(seconds, language, digits) });
}

export function formatNumber(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(formsOf(language), { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}

export function formatShare(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(formsOf(language), { style: "percent", maximumFractionDigits: digits }).format(value);
}

export function formatMoment(iso: string, language: string): string {
  if (language === "kk") return `${dayMonth(language, new Date(iso), true)}, ${formatClock(iso, language)}`;
  const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
  return new Intl.DateTimeFormat(formsOf(language), { ...day, ...CLOCK }).format(new Date(iso));
}

/** A moment to come, as short as it can be told: its clock today, with "tomorrow" or the date later. */
export function formatWhen(t: TFunction, iso: string, language: string, now = new Date()): string {
  const date = new Date(iso);
  const days = daysBetween(now, date);
  const clock = formatClock(iso, language);
  if (days === 0) return clock;
  const day = days === 1 ? t("time.tomorrow") : dayMonth(language, date, date.getFullYear() !== now.getFullYear());
  return `${day}, ${clock}`;
}

/** A day as a separator names it: today, yesterday, else the date; the year only where it is another. */
export function formatDay(t: TFunction, iso: string, language: string, now = new Date()): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days === 0) return t("time.today");
  if (days === 1) return t("time.yesterday");
  return dayMonth(language, date, date.getFullYear() !== now.getFullYear());
}

/** Money as the language writes it; small sums keep the digits that matter. */
export function formatMoney(value: number, currency: string, language: string): string {
  const digits = value > 0 && value < 1 ? 4 : 2;
  return new Intl.NumberFormat(formsOf(language), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: digits,
  }).format(value);
}

/** A date without a time, as `2026-11-30`; a text that is none stays as it came. */
export function formatDate(date: string, language: string): string {
  const parsed = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T00:00`) : new Date(Number.NaN);
  if (Number.isNaN(parsed.getTime())) return date;
  return dayMonth(language, parsed, true);
}

/** A sum as the API gives it, a decimal text; one that is no number stays as it came. */
export function formatAmount(value: string, currency: string | null | undefined, language: string): string {
  const sum = Number(value);
  if (value.trim() === "" || !Number.isFinite(sum)) return [value, currency].filter(Boolean).join(" ");
  const digits = Number.isInteger(sum) ? 0 : 2;
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return formatNumber(sum, language, digits);
  return new Intl.NumberFormat(formsOf(language), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(sum);
}

/** The size of a file: kilobytes below a megabyte, none smaller than one. */
export function formatSize(bytes: number, language: string): string {
  const large = bytes >= 1_000_000;
  const value = large ? bytes / 1_000_000 : Math.max(1, bytes / 1000);
  const unit = large ? "megabyte" : "kilobyte";
  return new Intl.NumberFormat(formsOf(language), { style: "unit", unit, maximumFractionDigits: large ? 1 : 0 }).format(value);
}

/** A difference with its sign; a minus is a minus, not a hyphen. */
export function formatSigned(value: number, language: string, digits = 1): string {
  return `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value), language, digits)}`;
}

/** A label in the middle of a sentence; an abbreviation (ИИ, ЖИ, AI) keeps its capitals. */
export function lowerFirst(text: string): string {
  const [first = "", second = ""] = text;
  const abbreviation = second !== second.toLocaleLowerCase();
  return abbreviation ? text : first.toLocaleLowerCase() + text.slice(first.length);
}
