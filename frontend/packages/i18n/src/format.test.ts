import { beforeAll, expect, test } from "vitest";
import i18next from "i18next";
import { chooseLanguage } from "./languages";
import { formatClock } from "./dates";
import {
  formatAmount,
  formatDate,
  formatDay,
  formatDuration,
  formatMoment,
  formatNumber,
  formatSigned,
  formatSize,
  formatSpan,
  lowerFirst,
} from "./format";
import { labelOf } from "./hooks";
import { TRANSLATIONS } from "./all";
import { startI18n } from "./setup";

beforeAll(() => startI18n("en", TRANSLATIONS.en));

test.each([
  [0, "now"],
  [59_999, "now"],
  [60_000, "1 min"],
  [59 * 60_000, "59 min"],
  [90 * 60_000, "1 h"],
  [49 * 3_600_000, "2 d"],
])("a span of %i ms reads %s", (ms, text) => {
  expect(formatSpan(i18next.t, ms)).toBe(text);
});

test("short durations keep a tenth, longer ones do not", () => {
  expect(formatDuration(i18next.t, 0.041, "en")).toBe("41 ms");
  expect(formatDuration(i18next.t, 1.26, "en")).toBe("1.3 s");
  expect(formatDuration(i18next.t, 42.4, "en")).toBe("42 s");
  expect(formatDuration(i18next.t, 180, "en")).toBe("3 min");
});

test("numbers follow the language", () => {
  expect(formatNumber(3500.5, "ru", 1)).toMatch(/^3\s500,5$/);
  expect(formatNumber(3500.5, "en", 1)).toBe("3,500.5");
});

test("days are named from the reader's clock", () => {
  const now = new Date(2026, 4, 10, 0, 30);
  expect(formatDay(i18next.t, new Date(2026, 4, 10, 0, 5).toISOString(), "en", now)).toBe("Today");
  expect(formatDay(i18next.t, new Date(2026, 4, 9, 23, 59).toISOString(), "en", now)).toBe("Yesterday");
  expect(formatDay(i18next.t, new Date(2026, 2, 1, 12).toISOString(), "en", now)).toBe("1 March");
  expect(formatDay(i18next.t, new Date(2025, 2, 1, 12).toISOString(), "en", now)).toBe("1 March 2025");
});

test("a value that is not known is shown readable", () => {
  expect(labelOf(i18next.t, "category", "delivery")).toBe("Delivery");
  expect(labelOf(i18next.t, "category", "gift_cards")).toBe("gift cards");
});

test("the language is the remembered one, else the browser's, else Russian", () => {
  expect(chooseLanguage("kk", ["en-US"])).toBe("kk");
  expect(chooseLanguage("xx", ["de-DE", "en-GB"])).toBe("en");
  expect(chooseLanguage(null, ["kk-KZ", "ru"])).toBe("kk");
  expect(chooseLanguage(null, ["de"])).toBe("ru");
});

test("Kazakh dates do not depend on what the browser knows", () => {
  const now = new Date(2026, 4, 10);
  expect(formatDay(i18next.t, new Date(2026, 2, 1, 12).toISOString(), "kk", now)).toBe("1 наурыз");
  expect(formatMoment(new Date(2025, 10, 21, 8, 59).toISOString(), "kk")).toBe("2025 ж. 21 қараша, 08:59");
  expect(formatNumber(0.8, "kk", 2)).toBe("0,80");
});

test.each([
  ["ИИ недостаточно уверен", "ИИ недостаточно уверен"],
  ["ЖИ қолжетімсіз болды", "ЖИ қолжетімсіз болды"],
  ["VIP", "VIP"],
  ["Өтініш", "өтініш"],
  ["Гнев или угрозы", "гнев или угрозы"],
  ["A legal matter", "a legal matter"],
  ["Я", "я"],
  ["", ""],
])("in the middle of a sentence %s reads %s", (label, text) => {
  expect(lowerFirst(label)).toBe(text);
});

test.each([
  ["120000", "KZT", "ru", "120 000 ₸"],
  ["120000", "KZT", "kk", "120 000 ₸"],
  ["120000", "KZT", "en", "₸120,000"],
  ["19.9", "USD", "ru", "19,90 $"],
  ["42", null, "ru", "42"],
  ["about 5", "KZT", "ru", "about 5 KZT"],
  ["7", "not a code", "ru", "7"],
])("a sum of %s %s in %s reads %s", (value, currency, language, text) => {
  expect(formatAmount(value, currency, language).replaceAll(/\s/g, " ")).toBe(text);
});

test.each(["ru", "kk", "en"])("the clock of %s has 24 hours", (language) => {
  const evening = new Date(2026, 4, 10, 20, 5).toISOString();
  expect(formatClock(evening, language)).toBe("20:05");
  expect(formatClock(new Date(2026, 4, 10, 0, 5).toISOString(), language)).toBe("00:05");
  expect(formatMoment(evening, language)).toMatch(/20:05$/);
});

test("dates, signs and sizes follow the language", () => {
  expect(formatDate("2026-11-30", "ru")).toBe("30 ноября 2026 г.");
  expect(formatDate("2026-11-30", "kk")).toBe("2026 ж. 30 қараша");
  expect(formatDate("tomorrow", "ru")).toBe("tomorrow");
  expect(formatSigned(-1.5, "ru")).toBe("−1,5");
  expect(formatSigned(8, "en")).toBe("+8.0");
  expect(formatSize(40, "ru").replaceAll(/\s/g, " ")).toBe("1 кБ");
  expect(formatSize(2_560_000, "ru").replaceAll(/\s/g, " ")).toBe("2,6 МБ");
});
