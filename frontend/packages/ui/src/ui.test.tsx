import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { initials } from "./Avatar";
import { Marked } from "./Mark";
import { Meter } from "./Meter";
import { findQuote } from "./quote";
import { RelativeTime } from "./RelativeTime";
import { ScoreBar, scoreFill } from "./ScoreBar";
import { sparkPoints } from "./Sparkline";
import { statusLook } from "./StatusChip";
import { currentTheme, setTheme } from "./theme";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test.each([
  ["Айгерім Өтегенова", "АӨ"],
  ["Жанар Ә. Әбдірахманқызы", "ЖӘ"],
  ["mira.k@example.com", "MC"],
  ["+7 701 000 00 00", ""],
  [null, ""],
])("the initials of %s are %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test.each([
  [16.4, 0.82],
  [-3, 0],
  [90, 1],
  [Number.NaN, 0],
])("a score of %d fills %d of the bar", (score, fill) => {
  expect(scoreFill(score)).toBeCloseTo(fill);
});

test("the score is readable without seeing the bar", () => {
  render(<ScoreBar score={16.44} text="16,4" label="Score 16,4" />);
  expect(screen.getByRole("img", { name: "Score 16,4" }).textContent).toBe("16,4");
});

test("a meter never leaves its track", () => {
  render(<Meter value={1.7} label="risk" />);
  expect(screen.getByRole("meter", { name: "risk" }).getAttribute("aria-valuenow")).toBe("1");
});

test("a quote is found across other white space, marks and case", () => {
  const text = "Срок зависит от города.\nВ Шымкент заказ идёт **2–4 рабочих\nдня**. Дальше дольше.";
  const range = findQuote(text, "в Шымкент заказ идёт 2–4 рабочих дня.");
  expect(range && text.slice(range.start, range.end)).toBe("В Шымкент заказ идёт **2–4 рабочих\nдня**.");
});

test("a quote that is not there is not invented", () => {
  expect(findQuote("Доставка бесплатна", "Возврат")).toBeNull();
  expect(findQuote("Доставка", " … ")).toBeNull();
});

test("the quoted sentence is marked and nothing of the passage is lost", () => {
  const { container } = render(<Marked text="Один. Два. Три." quote="Два." score={0.9} />);
  expect(container.textContent).toBe("Один. Два. Три.");
  expect(container.querySelector("mark")?.textContent).toBe("Два.");
});

test("nothing is marked in a passage that hardly matches", () => {
  const { container } = render(<Marked text="Один. Два. Три." quote="Два." score={0.2} />);
  expect(container.textContent).toBe("Один. Два. Три.");
  expect(container.querySelector("mark")).toBeNull();
});

test("time goes on while the page stays open", () => {
  vi.useFakeTimers({ now: new Date("2026-05-01T10:00:00Z") });
  render(<RelativeTime iso="2026-05-01T09:59:00Z" format={(ms) => `${Math.floor(ms / 60_000)} min`} />);
  expect(screen.getByText("1 min")).toBeTruthy();
  act(() => vi.advanceTimersByTime(120_000));
  expect(screen.getByText("3 min")).toBeTruthy();
});

test("a clock behind the server's shows no negative time", () => {
  vi.useFakeTimers({ now: new Date("2026-05-01T10:00:00Z") });
  render(<RelativeTime iso="2026-05-01T10:00:30Z" format={(ms) => `${ms} ms`} />);
  expect(screen.getByText("0 ms")).toBeTruthy();
});

test("a status of a newer server still has a look", () => {
  expect(statusLook("needs_person").tone).toBe("attention");
  expect(statusLook("on_hold").tone).toBe("quiet");
});

test("a trend stays within its frame", () => {
  const points = sparkPoints([-1, 0.5, 2], 100, 40);
  expect(points.map(([x]) => x)).toEqual([4, 50, 96]);
  expect(points.every(([, y]) => y >= 4 && y <= 36)).toBe(true);
});

test("the chosen theme is set and remembered", () => {
  expect(currentTheme()).toBe("dark");
  setTheme("light");
  expect(document.documentElement.dataset.theme).toBe("light");
  expect(localStorage.getItem("fd.theme")).toBe("light");
  setTheme("dark");
});
