import { expect, test } from "vitest";
import { rowAfter } from "./useListKeys";

test.each([
  ["j", 0, 3, 1],
  ["k", 1, 3, 0],
  ["ArrowDown", 1, 3, 2],
  ["ArrowUp", 0, 3, null],
  ["j", 2, 3, null],
  ["j", -1, 3, 0],
  ["k", -1, 3, 2],
  ["Home", 2, 3, 0],
  ["End", 0, 3, 2],
  ["x", 0, 3, null],
  ["j", -1, 0, null],
])("%s from row %i of %i leads to %s", (key, current, count, expected) => {
  expect(rowAfter(key, current, count)).toBe(expected);
});
