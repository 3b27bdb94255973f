import { expect, test } from "vitest";
import { isWeak } from "./match";

test.each([
  [0.2, true],
  [0.5, false],
  [1, false],
])("a match of %s is weak: %s", (score, weak) => {
  expect(isWeak({ score })).toBe(weak);
});

test("what the server says nothing of is taken at its word", () => {
  expect(isWeak({})).toBe(false);
  expect(isWeak({ score: null })).toBe(false);
});
