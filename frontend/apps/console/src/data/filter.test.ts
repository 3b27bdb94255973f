import { expect, test } from "vitest";
import { ticket } from "../testSupport";
import { turnOf } from "../shared/turn";
import { isParted, matches, parseFilter, toQuery } from "./filter";

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

test("a person owes the next move only while a message of the customer waits for one", () => {
  const waiting = ticket({ status: "escalated", owner: "person", waiting_since: "2026-05-01T10:00:00Z" });
  const answered = ticket({ status: "escalated", owner: "person", waiting_since: null });
  const withAi = ticket({ status: "ai_processing", owner: "ai", waiting_since: "2026-05-01T10:00:00Z" });
  expect([waiting, answered, withAi].map((each) => matches(each, { group: "needs_you" }))).toEqual([true, false, false]);
  expect([waiting, answered, withAi].map((each) => matches(each, { group: "ai" }))).toEqual([false, true, true]);
  expect([waiting, answered, withAi].map(turnOf)).toEqual(["needs_person", "waiting", "ai_processing"]);
});

test.each([
  [{}, true],
  [{ channel: "sms" }, true],
  [{ group: "ai" as const }, false],
  [{ status: "resolved" }, false],
])("whether the list of %o parts is %s", (filter, parted) => {
  expect(isParted(filter)).toBe(parted);
});
