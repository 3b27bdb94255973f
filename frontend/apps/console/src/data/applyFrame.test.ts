import { QueryClient } from "@tanstack/react-query";
import type { Message, Ticket } from "@frontdesk/api";
import { expect, test } from "vitest";
import { event, message, page, ticket } from "../testSupport";
import { applyFrame } from "./applyFrame";
import { keys } from "./queries";
import { StreamStore } from "./streams";
import { flatten, type TicketPages } from "./ticketList";

function desk() {
  const client = new QueryClient();
  const streams = new StreamStore();
  client.setQueryData<TicketPages>(keys.list({}), { pages: [page([ticket()])], pageParams: [1] });
  client.setQueryData<Ticket>(keys.ticket("t-1"), ticket());
  client.setQueryData<Message[]>(keys.messages("t-1"), [message()]);
  client.setQueryData(keys.timeline("t-1"), []);
  const stale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated ?? false;
  return { client, streams, stale };
}

test("a ticket frame changes the list and the open ticket alike", () => {
  const { client, streams } = desk();
  const changed = ticket({ status: "escalated", updated_at: "2026-05-01T10:05:00Z" });
  applyFrame(client, streams, { type: "ticket", cursor: 2, ticket: changed });
  expect(flatten(client.getQueryData<TicketPages>(keys.list({})))[0]?.status).toBe("escalated");
  expect(client.getQueryData<Ticket>(keys.ticket("t-1"))?.status).toBe("escalated");
});

test("a ticket nobody opened is not put into the cache of open tickets", () => {
  const { client, streams } = desk();
  applyFrame(client, streams, { type: "ticket", cursor: 2, ticket: ticket({ ticket_id: "t-9" }) });
  expect(client.getQueryData(keys.ticket("t-9"))).toBeUndefined();
});

test("the finished message takes the place of its stream", () => {
  const { client, streams, stale } = desk();
  applyFrame(client, streams, { type: "text", ticket_id: "t-1", message_id: "m-2", n: 0, content: "На" });
  expect(streams.get("t-1")?.text).toBe("На");
  const answer = message({ seq: 2, sender_type: "ai", content: "Нашёл" });
  applyFrame(client, streams, { type: "message", cursor: 3, message: answer });
  expect(streams.get("t-1")).toBeUndefined();
  expect(client.getQueryData<Message[]>(keys.messages("t-1"))?.map((m) => m.content)).toEqual(["Where is my order?", "Нашёл"]);
  expect(stale(keys.messages("t-1"))).toBe(false);
});

test("a message that came twice is one message, in its latest state", () => {
  const { client, streams } = desk();
  applyFrame(client, streams, { type: "message", cursor: 3, message: message({ delivery_state: "delivered" }) });
  const messages = client.getQueryData<Message[]>(keys.messages("t-1"));
  expect(messages).toHaveLength(1);
  expect(messages?.[0]?.delivery_state).toBe("delivered");
});

test("a hole before a message asks for the conversation again", () => {
  const { client, streams, stale } = desk();
  applyFrame(client, streams, { type: "message", cursor: 3, message: message({ seq: 4 }) });
  expect(stale(keys.messages("t-1"))).toBe(true);
});

test("a retracted draft disappears", () => {
  const { client, streams } = desk();
  applyFrame(client, streams, { type: "text", ticket_id: "t-1", message_id: "m-2", n: 0, content: "На" });
  applyFrame(client, streams, { type: "retract", ticket_id: "t-1", message_id: "m-2" });
  expect(streams.get("t-1")).toBeUndefined();
});

test("an event is kept once, and an escalation asks for its e-mail", () => {
  const { client, streams, stale } = desk();
  client.setQueryData(keys.escalations("t-1"), []);
  const frame = { type: "event", cursor: 4, event: event("escalated", "2026-05-01T10:01:00Z") } as const;
  applyFrame(client, streams, frame);
  applyFrame(client, streams, frame);
  expect(client.getQueryData<unknown[]>(keys.timeline("t-1"))).toHaveLength(1);
  expect(stale(keys.escalations("t-1"))).toBe(true);
});

test("resync forgets drafts and asks for everything again", () => {
  const { client, streams, stale } = desk();
  applyFrame(client, streams, { type: "text", ticket_id: "t-1", message_id: "m-2", n: 0, content: "На" });
  applyFrame(client, streams, { type: "resync" });
  expect(streams.get("t-1")).toBeUndefined();
  expect([keys.list({}), keys.ticket("t-1"), keys.messages("t-1")].every(stale)).toBe(true);
});
