import { expect, test } from "vitest";
import { TEXTS } from "../i18n";
import { dayLabel, moment } from "./time";

const NOW = new Date(2026, 10, 24, 12);
const at = (month: number, day: number, hour = 9, year = 2026) => new Date(year, month - 1, day, hour).toISOString();

test.each([
  ["ru", "Вчера", "21 ноября", "30 декабря 2025 г."],
  ["kk", "Кеше", "21 қараша", "2025 ж. 30 желтоқсан"],
  ["en", "Yesterday", "21 November", "30 December 2025"],
] as const)("a separator in %s names the day: %s, %s, %s", (locale, yesterday, thisYear, lastYear) => {
  const label = (day: string) => dayLabel(locale, TEXTS[locale], day, null, NOW);
  expect([label(at(11, 23)), label(at(11, 21)), label(at(12, 30, 9, 2025))]).toEqual([yesterday, thisYear, lastYear]);
});

test("today is named only after another day, and no day twice", () => {
  const label = (day: string, before: string | null) => dayLabel("en", TEXTS.en, day, before, NOW);
  expect(label(at(11, 24), null)).toBeNull();
  expect(label(at(11, 24), at(11, 23))).toBe("Today");
  expect(label(at(11, 21, 18), at(11, 21, 8))).toBeNull();
});

test.each([
  ["ru", "завтра, 09:00", "30 ноября, 09:00"],
  ["kk", "ертең, 09:00", "30 қараша, 09:00"],
  ["en", "tomorrow, 09:00", "30 November, 09:00"],
] as const)("the hour at which people are back, in %s: %s, %s", (locale, tomorrow, later) => {
  expect(moment(locale, TEXTS[locale], at(11, 24), NOW)).toBe("09:00");
  expect(moment(locale, TEXTS[locale], at(11, 25), NOW)).toBe(tomorrow);
  expect(moment(locale, TEXTS[locale], at(11, 30), NOW)).toBe(later);
});
