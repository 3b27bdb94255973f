import { expect, test } from "vitest";
import { fieldValue, snoozeTimes } from "./times";

/** Thursday, 7 May 2026. */
const thursday = (hour: number) => new Date(2026, 4, 7, hour, 30);
const told = (now: Date) => snoozeTimes(now).map(({ name, at }) => `${name} ${fieldValue(at)}`);

test("in the morning all four are offered, soonest first", () => {
  expect(told(thursday(10))).toEqual([
    "hour 2026-05-07T11:30",
    "evening 2026-05-07T18:00",
    "tomorrow 2026-05-08T09:00",
    "monday 2026-05-11T09:00",
  ]);
});

test("no evening is offered that is nearer than an hour, or over", () => {
  expect(told(thursday(17)).map((time) => time.split(" ")[0])).toEqual(["hour", "tomorrow", "monday"]);
  expect(told(thursday(23))[0]).toBe("hour 2026-05-08T00:30");
});

test("on a Sunday tomorrow is Monday, and told once; on a Monday it is the next one", () => {
  expect(told(new Date(2026, 4, 10, 12)).map((time) => time.split(" ")[0])).toEqual(["hour", "evening", "tomorrow"]);
  expect(told(new Date(2026, 4, 11, 12)).at(-1)).toBe("monday 2026-05-18T09:00");
});
