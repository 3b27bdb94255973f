import { FakeNetwork } from "@frontdesk/socket/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Chat } from "./chat";
import { entries } from "./entries";
import { ACK_TIMEOUT_MS } from "./outbox";
import { type KeyValue, memoryStore } from "./storage";
import { Desk, locks } from "./testDesk";
import { message, status } from "./testFrames";
import type { ClientFrame, ServerFrame } from "../protocol";

let desk: Desk;
let network: FakeNetwork<ServerFrame, ClientFrame>;
let online: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  desk = new Desk();
  network = new FakeNetwork();
  online = true;
  vi.stubGlobal("fetch", desk.fetch);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function open(store: KeyValue = memoryStore()): Chat {
  const chat = new Chat({ store, locks, connect: network.connect, isOnline: () => online, random: () => 0.5 });
  chat.boot(null, "ru");
  chat.attend(true);
  return chat;
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const texts = (chat: Chat) => entries(chat.view.conversation).map((entry) => `${entry.text}:${entry.delivery}`);

async function connected(chat: Chat, first = "one"): Promise<void> {
  chat.send(first);
  await settle();
  network.last.accept();
}

test("no session is opened until there is something to say", async () => {
  const chat = open();
  await settle();
  expect(desk.calls).toEqual([]);
  chat.send("hello");
  await settle();
  expect(desk.of("POST", "/sessions")).toHaveLength(1);
});

test("a new connection resumes first, then sends, one message at a time", async () => {
  const chat = open();
  await connected(chat);
  chat.send("two");
  expect(network.last.sent.map((frame) => frame.type)).toEqual(["resume", "message"]);
  const [first] = network.last.sentOf("message");
  network.last.deliver({ type: "ack", client_msg_id: first?.client_msg_id ?? "", seq: 1 });
  expect(network.last.sentOf("message").map((frame) => frame.content)).toEqual(["one", "two"]);
  expect(texts(chat)).toEqual(["one:sent", "two:pending"]);
});

test("what was not acknowledged is sent again, in order, under the same ids", async () => {
  const chat = open();
  await connected(chat);
  chat.send("two");
  const [before] = network.last.sentOf("message");
  network.last.drop();
  await vi.advanceTimersByTimeAsync(1000);
  network.last.accept();
  const [again] = network.last.sentOf("message");
  expect(again).toEqual(before);
  network.last.deliver({ type: "ack", client_msg_id: again?.client_msg_id ?? "", seq: 1 });
  expect(network.last.sentOf("message").map((frame) => frame.content)).toEqual(["one", "two"]);
});

test("a connection that swallows a message is replaced", async () => {
  const chat = open();
  await connected(chat);
  await vi.advanceTimersByTimeAsync(ACK_TIMEOUT_MS + 1000);
  expect(network.sockets.length).toBeGreaterThan(1);
  expect(texts(chat)).toEqual(["one:pending"]);
});

test("offline, messages wait in order and leave when the network is back", async () => {
  const chat = open();
  online = false;
  chat.networkChanged();
  chat.send("one");
  chat.send("two");
  await vi.advanceTimersByTimeAsync(5000);
  expect(chat.view.connection).toBe("offline");
  expect(texts(chat)).toEqual(["one:pending", "two:pending"]);
  online = true;
  chat.networkChanged();
  await vi.advanceTimersByTimeAsync(1000);
  network.last.accept();
  expect(network.last.sentOf("message").map((frame) => frame.content)).toEqual(["one"]);
});

test("a refusal for good marks the message, lets the next one pass, and can be retried", async () => {
  const chat = open();
  await connected(chat, "far too long");
  chat.send("short");
  network.last.deliver({ type: "error", code: "payload_too_large", message: "too long", retryable: false });
  expect(texts(chat)).toEqual(["far too long:failed", "short:pending"]);
  expect(network.last.sentOf("message").at(-1)?.content).toBe("short");
  const [failed] = entries(chat.view.conversation);
  chat.retry(failed?.clientMsgId ?? "");
  expect(texts(chat)).toEqual(["short:pending", "far too long:pending"]);
});

test("a gap in the numbers asks for what is missing", async () => {
  const chat = open();
  await connected(chat);
  const id = network.last.sentOf("message")[0]?.client_msg_id ?? "";
  network.last.deliver({ type: "ack", client_msg_id: id, seq: 1 });
  network.last.deliver(status());
  network.last.deliver({ type: "message", message: message(3, "manager") });
  expect(network.last.sentOf("resume").at(-1)).toEqual({ type: "resume", ticket_id: "t1", last_seq: 1 });
});

test("a reload takes up the session, the history and what was not sent", async () => {
  const store = memoryStore();
  const chat = open(store);
  await connected(chat);
  network.last.deliver({ type: "ack", client_msg_id: network.last.sentOf("message")[0]?.client_msg_id ?? "", seq: 1 });
  network.last.deliver({ type: "complete", message: message(2, "ai") });
  network.last.drop();
  chat.send("written as the page went");
  const reloaded = open(store);
  await settle();
  expect(texts(reloaded)).toEqual(["one:sent", "text 2:sent", "written as the page went:pending"]);
  network.last.accept();
  expect(network.last.address).toBe("/ws?session_id=s1");
  expect(network.last.sentOf("resume")[0]).toMatchObject({ ticket_id: "t1", last_seq: 2 });
  expect(network.last.sentOf("message")[0]?.content).toBe("written as the page went");
});

test("where no socket opens, the message goes by HTTP and the answer comes with it", async () => {
  const chat = open();
  desk.answers["POST /api/v1/chat/sessions/s1/messages"] = () => {
    const form = desk.calls.at(-1)?.body as FormData;
    const own = message(1, "customer", { content: "one", client_msg_id: String(form.get("client_msg_id")) });
    return Response.json({ messages: [own, message(2, "ai")] });
  };
  chat.send("one");
  for (let vain = 0; vain < 2; vain += 1) {
    await settle();
    network.last.drop();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(texts(chat)).toEqual(["one:sent", "text 2:sent"]);
  expect(chat.view.connection).toBe("limited");
});

test("what is asked of the assistant says so, also after a reload", async () => {
  const store = memoryStore();
  online = false;
  open(store).send("mine", true);
  online = true;
  const chat = open(store);
  await settle();
  network.last.accept();
  chat.send("for anyone");
  const [asked] = network.last.sentOf("message");
  network.last.deliver({ type: "ack", client_msg_id: asked?.client_msg_id ?? "", seq: 1 });
  expect(network.last.sentOf("message").map(({ content, to }) => [content, to])).toEqual([
    ["mine", "assistant"],
    ["for anyone", undefined],
  ]);
});

test("what is asked of the assistant says so without a socket", async () => {
  const chat = open();
  chat.send("mine", true);
  for (let vain = 0; vain < 2; vain += 1) {
    await settle();
    network.last.drop();
    await vi.advanceTimersByTimeAsync(1000);
  }
  const sent = desk.of("POST", "/messages").map(({ body }) => (body as FormData).get("to"));
  expect(new Set(sent)).toEqual(new Set(["assistant"]));
});

test("a session that the desk no longer knows is renewed", async () => {
  const chat = open();
  await connected(chat);
  network.last.drop(1008);
  await vi.advanceTimersByTimeAsync(1000);
  expect(network.last.address).toBe("/ws?session_id=s2");
  network.last.accept();
  expect(network.last.sentOf("resume")[0]).toMatchObject({ ticket_id: null, last_seq: 0 });
  expect(network.last.sentOf("message")[0]?.content).toBe("one");
});

test("what comes while nobody looks is counted, until somebody does", async () => {
  const chat = open();
  await connected(chat);
  chat.attend(false);
  network.last.deliver({ type: "message", message: message(1, "manager") });
  network.last.deliver({ type: "message", message: message(1, "manager") });
  expect(chat.view.unread).toBe(1);
  chat.attend(true);
  expect(chat.view.unread).toBe(0);
  expect(network.last.sentOf("read").at(-1)).toEqual({ type: "read", up_to_seq: 1 });
});
