import { expect, test } from "vitest";
import { event, message } from "../testSupport";
import { conversationItems } from "./items";

const kinds = (items: ReturnType<typeof conversationItems>) =>
  items.map((item) => (item.kind === "event" ? item.event.type : item.kind === "message" ? item.message.message_id : "day"));

test("messages and events stand in order of time under their day", () => {
  const items = conversationItems(
    [message({ seq: 1, created_at: "2026-05-01T10:00:00Z" }), message({ seq: 2, created_at: "2026-05-01T10:02:00Z" })],
    [event("escalated", "2026-05-01T10:01:00Z")],
  );
  expect(kinds(items)).toEqual(["day", "m-1", "escalated", "m-2"]);
});

test("opening comes before the message of the same moment, other events after", () => {
  const at = "2026-05-01T10:00:00Z";
  const items = conversationItems([message({ seq: 1, created_at: at })], [event("escalated", at), event("opened", at)]);
  expect(kinds(items)).toEqual(["day", "opened", "m-1", "escalated"]);
});

test("events that a message already says are left out", () => {
  const items = conversationItems([message()], [event("answered", "2026-05-01T10:00:02Z"), event("analysed", "2026-05-01T10:00:02Z")]);
  expect(kinds(items)).toEqual(["day", "m-1"]);
});

test("each new day is said once", () => {
  const items = conversationItems(
    [1, 2, 3].map((seq) => message({ seq, created_at: `2026-05-0${Math.min(seq, 2)}T12:00:0${seq}Z` })),
    [],
  );
  expect(kinds(items)).toEqual(["day", "m-1", "day", "m-2", "m-3"]);
});

test("a name is said again only when the speaker changes, an event comes between, or time has passed", () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 10, 0, seconds)).toISOString();
  const ai = { sender_type: "ai" as const };
  const items = conversationItems(
    [
      message({ seq: 1, ...ai, created_at: at(0) }),
      message({ seq: 2, ...ai, created_at: at(10) }),
      message({ seq: 3, created_at: at(20) }),
      message({ seq: 4, ...ai, created_at: at(30) }),
      message({ seq: 5, ...ai, created_at: at(40) }),
      message({ seq: 6, ...ai, created_at: at(900) }),
    ],
    [event("resolved", at(35))],
  );
  const firsts = items.flatMap((item) => (item.kind === "message" ? [[item.message.seq, item.first]] : []));
  expect(firsts).toEqual([[1, true], [2, false], [3, true], [4, true], [5, true], [6, true]]);
});
