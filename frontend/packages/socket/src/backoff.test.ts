import { expect, test } from "vitest";
import { fullJitter, RECONNECT } from "./backoff";

test("full jitter spreads over the whole span", () => {
  expect(fullJitter(3, { baseMs: 100, capMs: 10_000 }, () => 0)).toBe(0);
  expect(fullJitter(3, { baseMs: 100, capMs: 10_000 }, () => 0.5)).toBe(400);
  expect(fullJitter(60, { baseMs: 100, capMs: 10_000 }, () => 1)).toBe(10_000);
});

test("waits lie anywhere from nothing to the cap, never above", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const waits = Array.from({ length: 500 }, () => fullJitter(20, RECONNECT, random));
  expect(Math.min(...waits)).toBeLessThan(RECONNECT.capMs * 0.05);
  expect(Math.max(...waits)).toBeGreaterThan(RECONNECT.capMs * 0.95);
  expect(Math.max(...waits)).toBeLessThanOrEqual(RECONNECT.capMs);
});
