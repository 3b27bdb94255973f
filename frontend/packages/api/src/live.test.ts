import { FakeNetwork } from "@frontdesk/socket/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseFrame, type ServerFrame } from "./frames";
import { LiveClient, type LiveStatus } from "./live";

let network: FakeNetwork;

function started() {
  const client = new LiveClient({ url: "ws://desk/live", connect: network.connect, random: () => 1 });
  const frames: ServerFrame[] = [];
  const statuses: LiveStatus[] = [];
  client.onFrame((frame) => frames.push(frame));
  client.onStatus((status) => statuses.push(status));
  client.start();
  return { client, frames, statuses };
}

function greet(cursor: number): void {
  network.last.accept();
  network.last.deliver({ type: "hello", cursor });
}

beforeEach(() => {
  vi.useFakeTimers();
  network = new FakeNetwork();
});
afterEach(() => {
  vi.useRealTimers();
});

test("frames reach the listeners once the server has greeted", () => {
  const { frames, statuses } = started();
  greet(5);
  network.last.deliver({ type: "ticket", cursor: 6, ticket: { ticket_id: "a" } });
  expect(statuses).toEqual(["open"]);
  expect(frames).toEqual([{ type: "ticket", cursor: 6, ticket: { ticket_id: "a" } }]);
});

test("after a break it resumes from the last cursor and watches the same ticket again", () => {
  const { client, statuses } = started();
  client.watch("t-1");
  greet(5);
  network.last.deliver({ type: "ticket", cursor: 9, ticket: {} });
  network.last.drop();
  vi.advanceTimersByTime(500);
  expect(network.sockets).toHaveLength(2);
  greet(12);
  expect(network.last.sent).toEqual([
    { type: "watch", ticket_id: "t-1" },
    { type: "resume", cursor: 9 },
  ]);
  expect(statuses).toEqual(["open", "offline", "open"]);
});

test("nothing is replayed where nothing was missed", () => {
  started();
  greet(5);
  network.last.drop();
  vi.advanceTimersByTime(500);
  greet(5);
  expect(network.last.sent).toEqual([]);
});

test("a server whose cursor lies behind ours asks for a full refetch", () => {
  const { frames } = started();
  greet(50);
  network.last.drop();
  vi.advanceTimersByTime(500);
  greet(2);
  expect(frames).toEqual([{ type: "resync" }]);
});

test("each failed attempt may wait longer, up to the ceiling", () => {
  started();
  const opened: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    network.last.drop();
    const before = network.sockets.length;
    let waited = 0;
    while (network.sockets.length === before) {
      vi.advanceTimersByTime(500);
      waited += 500;
    }
    opened.push(waited);
  }
  expect(opened).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("a peer that stops answering pings is given up", () => {
  const { statuses } = started();
  greet(1);
  vi.advanceTimersByTime(25_000);
  expect(network.last.sent).toEqual([{ type: "ping" }]);
  vi.advanceTimersByTime(10_000);
  expect(statuses).toEqual(["open", "offline"]);
  vi.advanceTimersByTime(500);
  expect(network.sockets).toHaveLength(2);
});

test("a pong keeps the socket", () => {
  const { statuses } = started();
  greet(1);
  for (let i = 0; i < 5; i += 1) {
    vi.advanceTimersByTime(25_000);
    network.last.deliver({ type: "pong" });
  }
  expect(statuses).toEqual(["open"]);
  expect(network.sockets).toHaveLength(1);
});

test("a stopped client stays away", () => {
  const { client } = started();
  greet(1);
  client.stop();
  vi.advanceTimersByTime(60_000);
  expect(network.sockets).toHaveLength(1);
});

test("retryNow does not wait out the backoff", () => {
  const { client } = started();
  network.last.drop();
  client.retryNow();
  expect(network.sockets).toHaveLength(2);
  vi.advanceTimersByTime(600);
  expect(network.sockets).toHaveLength(2);
});

test.each(["not json", "[]", "null", '{"type":"from_the_future"}', '{"kind":"x"}'])("an unknown frame is ignored: %s", (raw) => {
  expect(parseFrame(raw)).toBeNull();
});
