import { QueryClient } from "@tanstack/react-query";
import type { Message } from "@frontdesk/api";
import { expect, test } from "vitest";
import { message, page, ticket } from "../testSupport";
import { applyFrame } from "./applyFrame";
import { keys } from "./queries";
import { RecentFrames } from "./recentFrames";
import { StreamStore } from "./streams";
import { flatten, type TicketPages } from "./ticketList";

function desk(now?: () => number) {
  const client = new QueryClient();
  const recent = new RecentFrames(now);
  recent.guard(client);
  const hear = (frame: Parameters<typeof applyFrame>[2]) => {
    recent.remember(frame);
    applyFrame(client, new StreamStore(), frame);
  };
  return { client, hear };
}

const answer = message({ seq: 2, sender_type: "ai", content: "Found it" });
const contents = (client: QueryClient) => client.getQueryData<Message[]>(keys.messages("t-1"))?.map((m) => m.content);

test("an answer read before a message came does not undo it", async () => {
  const { client, hear } = desk();
  hear({ type: "message", cursor: 2, message: answer });
  await client.fetchQuery({ queryKey: keys.messages("t-1"), queryFn: async () => [message()] });
  expect(contents(client)).toEqual(["Where is my order?", "Found it"]);
});

test("what the answer already has is left as the answer has it", async () => {
  const { client, hear } = desk();
  hear({ type: "message", cursor: 2, message: { ...answer, delivery_state: "sent" } });
  const fetched = [message(), { ...answer, delivery_state: "delivered" }];
  await client.fetchQuery({ queryKey: keys.messages("t-1"), queryFn: async () => fetched });
  expect(client.getQueryData<Message[]>(keys.messages("t-1"))?.[1]?.delivery_state).toBe("delivered");
});

test("an old list does not bring back an old state", async () => {
  const { client, hear } = desk();
  hear({ type: "ticket", cursor: 2, ticket: ticket({ status: "escalated", updated_at: "2026-05-01T10:05:00Z" }) });
  await client.fetchInfiniteQuery({
    queryKey: keys.list({}),
    queryFn: async () => page([ticket()]),
    initialPageParam: 1,
  });
  expect(flatten(client.getQueryData<TicketPages>(keys.list({})))[0]?.status).toBe("escalated");
});

test("after half a minute a frame is forgotten", async () => {
  let now = 0;
  const { client, hear } = desk(() => now);
  hear({ type: "message", cursor: 2, message: answer });
  now = 31_000;
  await client.fetchQuery({ queryKey: keys.messages("t-1"), queryFn: async () => [message()] });
  expect(contents(client)).toEqual(["Where is my order?"]);
});
