import { expect, test } from "vitest";
import { ticket } from "../testSupport";
import { matches, parseFilter, toQuery } from "./filter";

test("what is not understood in an address is dropped", () => {
  expect(parseFilter({ status: "lost", channel: "fax", sentiment: 3, risk_min: 7, category: "delivery", x: 1 })).toEqual({
    category: "delivery",
  });
});

test("a known filter survives", () => {
  const filter = { status: "escalated", channel: "email", sentiment: "negative", risk_min: 0.7 };
  expect(parseFilter(filter)).toEqual(filter);
});

test("without a status the open ones are asked for; with `all` none is named", () => {
  expect(toQuery({})).toEqual({ status: "open" });
  expect(toQuery({ status: "all", category: "order" })).toEqual({ category: "order" });
  expect(toQuery({ status: "closed" })).toEqual({ status: "closed" });
});

test.each([
  [{}, { status: "escalated" }, true],
  [{}, { status: "resolved" }, false],
  [{ status: "all" }, { status: "closed" }, true],
  [{ status: "escalated" }, { status: "waiting" }, false],
  [{ channel: "email" }, { channel: "web_chat" }, false],
  [{ sentiment: "negative" }, { sentiment: "negative" }, true],
  [{ risk_min: 0.7 }, { risk: 0.69 }, false],
  [{ risk_min: 0.7 }, { risk: 0 }, false],
] as const)("filter %o on a ticket with %o is %s", (filter, parts, expected) => {
  expect(matches(ticket(parts), filter)).toBe(expected);
});
