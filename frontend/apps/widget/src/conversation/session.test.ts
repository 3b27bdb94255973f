/** One visitor, one session: whatever happens to the network, the page and the tabs meanwhile. */
import { FakeNetwork } from "@frontdesk/socket/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Identity } from "../api";
import type { ClientFrame, ServerFrame } from "../protocol";
import { Chat } from "./chat";
import { entries } from "./entries";
import type { Locks } from "./sessionKeeper";
import { type KeyValue, memoryStore } from "./storage";
import { Desk, locks, refusal, sharedLocks } from "./testDesk";
import { message } from "./testFrames";

const DANA = { customer_id: "c1", name: "Dana", identity_hash: "v1.1.customer_id.aa" };
const DANA_LATER = { ...DANA, identity_hash: "v1.2.customer_id.bb" };
const TIMUR = { customer_id: "c2", identity_hash: "v1.1.customer_id.cc" };

let desk: Desk;
let network: FakeNetwork<ServerFrame, ClientFrame>;
let store: KeyValue;
let online: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  desk = new Desk();
  network = new FakeNetwork();
  store = memoryStore();
  online = true;
  vi.stubGlobal("fetch", desk.fetch);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function open(identity: Identity | null = null, browserLocks: Locks = locks): Chat {
  const chat = new Chat({ store, locks: browserLocks, connect: network.connect, isOnline: () => online, random: () => 0.5 });
  chat.boot(identity, "ru");
  chat.attend(true);
  return chat;
}

function goOnline(now: boolean, ...chats: Chat[]): void {
  online = now;
  desk.away = !now;
  for (const chat of chats) chat.networkChanged();
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const texts = (chat: Chat) => entries(chat.view.conversation).map((entry) => `${entry.text}:${entry.delivery}`);

/** The desk takes what the newest socket sent, and answers it. */
function acknowledge(seq: number): void {
  const sent = network.last.sentOf("message").at(-1);
  network.last.deliver({ type: "ack", client_msg_id: sent?.client_msg_id ?? "", seq });
  network.last.deliver({ type: "complete", message: message(seq + 1, "ai") });
}

test("written offline and sent online: the socket and the road without it share one session", async () => {
  const chat = open();
  goOnline(false, chat);
  chat.send("one");
  await vi.advanceTimersByTimeAsync(20_000);
  goOnline(true, chat);
  chat.shown();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(desk.sessions.size).toBe(1);
});

test("an answer that is lost leaves no second session: the request is repeated under its key", async () => {
  desk.deaf = true;
  const chat = open();
  chat.send("one");
  await vi.advanceTimersByTimeAsync(5_000);
  desk.deaf = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(desk.of("POST", "/sessions").length).toBeGreaterThan(1);
  expect(desk.sessions.size).toBe(1);
  expect(network.last.address).toBe("/ws?session_id=s1");
});

test("a request that hangs when the network changes is given up and repeated under its key", async () => {
  const hanging = vi.fn((_path: string, init: RequestInit = {}) => {
    void desk.fetch(_path, init);
    return new Promise<Response>((_resolve, reject) => init.signal?.addEventListener("abort", () => reject(new Error("gone"))));
  });
  vi.stubGlobal("fetch", hanging);
  const chat = open();
  chat.send("one");
  await settle();
  vi.stubGlobal("fetch", desk.fetch);
  goOnline(true, chat);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(desk.sessions.size).toBe(1);
  expect(network.last.address).toBe("/ws?session_id=s1");
});

test("a page that dies before the answer repeats its request on the next one", async () => {
  desk.deaf = true;
  open().send("one");
  await settle();
  desk.deaf = false;
  const reloaded = open();
  await settle();
  expect(desk.sessions.size).toBe(1);
  expect(texts(reloaded)).toEqual(["one:pending"]);
  network.last.accept();
  expect(network.last.sentOf("message").map((frame) => frame.content)).toEqual(["one"]);
});

test.each([["with locks", sharedLocks()], ["without locks", locks]])("two tabs %s open one session", async (_, shared) => {
  const [first, second] = [open(null, shared), open(null, shared)];
  first.send("from the first");
  second.send("from the second");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(desk.sessions.size).toBe(1);
  expect(network.sockets.map((socket) => socket.address)).toEqual(Array(2).fill("/ws?session_id=s1"));
});

test("what one tab has still to send, another sends too, under the same id", async () => {
  const [first, second] = [open(), open()];
  goOnline(false, first, second);
  first.send("one");
  second.storageChanged("frontdesk:chat:guest");
  expect(texts(second)).toEqual(["one:pending"]);
  const ids = [first, second].map((chat) => entries(chat.view.conversation)[0]?.clientMsgId);
  expect(ids[0]).toBe(ids[1]);
});

test("where the browser stores nothing, one page still opens one session", async () => {
  const forbid = () => {
    throw new Error("denied");
  };
  store = { getItem: forbid, setItem: forbid, removeItem: forbid, key: forbid, length: 0 };
  desk.deaf = true;
  const chat = open();
  chat.send("one");
  await vi.advanceTimersByTimeAsync(3_000);
  desk.deaf = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(desk.sessions.size).toBe(1);
});

test("a session that ended is followed by one other, and its conversation begins anew", async () => {
  const chat = open();
  chat.send("one");
  await settle();
  network.last.accept();
  vi.setSystemTime(new Date("2099-01-02"));
  network.last.drop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...desk.sessions.keys()]).toHaveLength(2);
  network.last.accept();
  expect(network.last.sentOf("resume")[0]).toMatchObject({ ticket_id: null });
});

test("who signs in keeps session and conversation", async () => {
  const chat = open();
  chat.send("where is my order?");
  await settle();
  network.last.accept();
  acknowledge(1);
  chat.identify(DANA);
  await settle();
  expect(desk.of("PATCH", "/sessions/s1").map((call) => call.body)).toEqual([
    JSON.stringify({ customer: { customer_id: "c1", name: "Dana" }, identity_hash: DANA.identity_hash }),
  ]);
  expect(texts(chat)).toEqual(["where is my order?:sent", "text 2:sent"]);
  expect(network.sockets).toHaveLength(1);
  expect(desk.sessions.size).toBe(1);
});

test("signed out, the guest's place is empty; signed in again, a proof opens the conversation and a claim does not", async () => {
  const chat = open();
  chat.send("mine");
  await settle();
  chat.identify(DANA);
  await settle();
  expect(texts(open())).toEqual([]);
  expect(texts(open({ customer_id: "c1" }))).toEqual([]);
  expect(texts(open(DANA))).toEqual(["mine:pending"]);
  const later = open(DANA_LATER);
  expect(texts(later)).toEqual([]);
  await settle();
  expect(texts(later)).toEqual(["mine:pending"]);
  expect(desk.sessions.size).toBe(1);
});

test("a hash that is not believed opens nobody's conversation", async () => {
  const chat = open(DANA);
  chat.send("mine");
  await settle();
  desk.answers["PATCH /api/v1/sessions/s1"] = () => refusal(403, "forbidden");
  const stranger = open(DANA_LATER);
  await settle();
  expect(texts(stranger)).toEqual([]);
  stranger.send("a guest's");
  await settle();
  expect(desk.sessions.size).toBe(2);
});

test("a visitor whose hash is refused is served as a guest", async () => {
  desk.answers["POST /api/v1/sessions"] = () => refusal(401, "unauthorized");
  const chat = open(DANA);
  chat.send("hello");
  await settle();
  delete desk.answers["POST /api/v1/sessions"];
  await vi.advanceTimersByTimeAsync(5_000);
  expect(desk.of("POST", "/sessions").at(-1)?.body).toBe(JSON.stringify({ locale: "ru" }));
  expect(texts(chat)).toEqual(["hello:pending"]);
});

test("signing in while the network is away is made good when it is back", async () => {
  const chat = open();
  chat.send("where is my order?");
  await settle();
  network.last.accept();
  goOnline(false, chat);
  chat.identify(DANA);
  await settle();
  expect(desk.of("PATCH", "s1")).toEqual([]);
  goOnline(true, chat);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(desk.of("PATCH", "s1")).toHaveLength(1);
  expect(texts(chat)).toHaveLength(1);
});

test("another customer at the same browser begins a conversation of their own", async () => {
  const chat = open(DANA);
  chat.send("Dana's");
  await settle();
  chat.identify(TIMUR);
  expect(texts(chat)).toEqual([]);
  chat.send("Timur's");
  await settle();
  expect(desk.sessions.size).toBe(2);
  network.last.accept();
  chat.reset();
  expect(store.length).toBe(0);
  expect(texts(chat)).toEqual([]);
});

test("a sign-out in one tab empties the others", async () => {
  const [first, second] = [open(DANA), open(DANA)];
  first.send("mine");
  await settle();
  second.storageChanged("frontdesk:chat:verified:c1");
  expect(texts(second)).toEqual(["mine:pending"]);
  for (const socket of network.sockets) socket.accept();
  first.reset();
  second.storageChanged("frontdesk:chat:verified:c1");
  expect(texts(second)).toEqual([]);
  expect(store.length).toBe(0);
});
