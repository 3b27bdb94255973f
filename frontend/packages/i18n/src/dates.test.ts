import { expect, test } from "vitest";
import { dayMonth, daysBetween, formatClock } from "./dates";

const DAY = new Date(2026, 10, 21, 9, 5);

test.each([
  ["ru", "21 ноября", "21 ноября 2026 г."],
  ["kk", "21 қараша", "2026 ж. 21 қараша"],
  ["en", "21 November", "21 November 2026"],
])("a day in %s reads %s, with its year %s", (language, short, long) => {
  expect(dayMonth(language, DAY)).toBe(short);
  expect(dayMonth(language, DAY, true)).toBe(long);
});

test("every month has a Kazakh name, whatever the browser knows", () => {
  const months = Array.from({ length: 12 }, (_, month) => dayMonth("kk", new Date(2026, month, 1)));
  expect(new Set(months).size).toBe(12);
  expect(months.join()).not.toMatch(/M\d/);
});

test.each(["ru", "kk", "en"])("the clock in %s has 24 hours and two digits each", (language) => {
  expect(formatClock(DAY.toISOString(), language)).toBe("09:05");
  expect(formatClock(new Date(2026, 10, 21, 0, 7).toISOString(), language)).toBe("00:07");
});

test("days are counted by midnights, not by hours", () => {
  expect(daysBetween(new Date(2026, 4, 9, 23, 59), new Date(2026, 4, 10, 0, 1))).toBe(1);
  expect(daysBetween(new Date(2026, 4, 10, 0, 1), new Date(2026, 4, 10, 23, 59))).toBe(0);
  expect(daysBetween(new Date(2026, 4, 10), new Date(2026, 4, 8))).toBe(-2);
});
