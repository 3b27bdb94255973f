import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fullJitter } from "./backoff";
import { parseFrame, type ServerFrame } from "./frames";
import { LiveClient, type LiveStatus } from "./live";

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
  readyState = 1;
  sent: unknown[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.();
  }
  deliver(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function started() {
  const client = new LiveClient({
    url: "ws://desk/live",
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    random: () => 1,
  });
  const frames: ServerFrame[] = [];
  const statuses: LiveStatus[] = [];
  client.onFrame((frame) => frames.push(frame));
  client.onStatus((status) => statuses.push(status));
  client.start();
  return { client, frames, statuses };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test("frames reach the listeners once the server has greeted", () => {
  const { frames, statuses } = started();
  FakeSocket.last.deliver({ type: "hello", cursor: 5 });
  FakeSocket.last.deliver({ type: "ticket", cursor: 6, ticket: { ticket_id: "a" } });
  expect(statuses).toEqual(["open"]);
  expect(frames).toEqual([{ type: "ticket", cursor: 6, ticket: { ticket_id: "a" } }]);
});

test("after a break it resumes from the last cursor and watches the same ticket again", () => {
  const { client, statuses } = started();
  client.watch("t-1");
  FakeSocket.last.deliver({ type: "hello", cursor: 5 });
  FakeSocket.last.deliver({ type: "ticket", cursor: 9, ticket: {} });
  FakeSocket.last.close();
  vi.advanceTimersByTime(500);
  expect(FakeSocket.all).toHaveLength(2);
  FakeSocket.last.deliver({ type: "hello", cursor: 12 });
  expect(FakeSocket.last.sent).toEqual([
    { type: "watch", ticket_id: "t-1" },
    { type: "resume", cursor: 9 },
  ]);
  expect(statuses).toEqual(["open", "offline", "open"]);
});

test("nothing is replayed where nothing was missed", () => {
  started();
  FakeSocket.last.deliver({ type: "hello", cursor: 5 });
  FakeSocket.last.close();
  vi.advanceTimersByTime(500);
  FakeSocket.last.deliver({ type: "hello", cursor: 5 });
  expect(FakeSocket.last.sent).toEqual([]);
});

test("a server whose cursor lies behind ours asks for a full refetch", () => {
  const { frames } = started();
  FakeSocket.last.deliver({ type: "hello", cursor: 50 });
  FakeSocket.last.close();
  vi.advanceTimersByTime(500);
  FakeSocket.last.deliver({ type: "hello", cursor: 2 });
  expect(frames).toEqual([{ type: "resync" }]);
});

test("each failed attempt may wait longer, up to the ceiling", () => {
  started();
  const opened: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    FakeSocket.last.close();
    const before = FakeSocket.all.length;
    let waited = 0;
    while (FakeSocket.all.length === before) {
      vi.advanceTimersByTime(500);
      waited += 500;
    }
    opened.push(waited);
  }
  expect(opened).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("a peer that stops answering pings is given up", () => {
  const { statuses } = started();
  FakeSocket.last.deliver({ type: "hello", cursor: 1 });
  vi.advanceTimersByTime(25_000);
  expect(FakeSocket.last.sent).toEqual([{ type: "ping" }]);
  vi.advanceTimersByTime(10_000);
  expect(statuses).toEqual(["open", "offline"]);
  vi.advanceTimersByTime(500);
  expect(FakeSocket.all).toHaveLength(2);
});

test("a pong keeps the socket", () => {
  const { statuses } = started();
  FakeSocket.last.deliver({ type: "hello", cursor: 1 });
  for (let i = 0; i < 5; i += 1) {
    vi.advanceTimersByTime(25_000);
    FakeSocket.last.deliver({ type: "pong" });
  }
  expect(statuses).toEqual(["open"]);
  expect(FakeSocket.all).toHaveLength(1);
});

test("a stopped client stays away", () => {
  const { client } = started();
  FakeSocket.last.deliver({ type: "hello", cursor: 1 });
  client.stop();
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test("retryNow does not wait out the backoff", () => {
  const { client } = started();
  FakeSocket.last.close();
  client.retryNow();
  expect(FakeSocket.all).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(2);
});

test.each(["not json", "[]", "null", '{"type":"from_the_future"}', '{"kind":"x"}'])("an unknown frame is ignored: %s", (raw) => {
  expect(parseFrame(raw)).toBeNull();
});

test("full jitter spreads over the whole span", () => {
  expect(fullJitter(3, { baseMs: 100, capMs: 10_000 }, () => 0)).toBe(0);
  expect(fullJitter(3, { baseMs: 100, capMs: 10_000 }, () => 0.5)).toBe(400);
  expect(fullJitter(60, { baseMs: 100, capMs: 10_000 }, () => 1)).toBe(10_000);
});
