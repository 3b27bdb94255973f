import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backoff, CAP_MS } from "../src/conversation/backoff";
import { HEARTBEAT_MS, type Link, LiveSocket, SILENCE_MS } from "../src/conversation/socket";
import { seeded } from "./frames";
import { Network } from "./wire";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(token = "tok-1.x") {
  const network = new Network();
  const links: Link[] = [];
  const denied = vi.fn();
  const socket = new LiveSocket({
    credentials: async () => ({ session_id: "s1", token }),
    connect: network.connect,
    onOpen: () => undefined,
    onFrame: () => undefined,
    onLink: (link) => links.push(link),
    onDenied: denied,
    random: () => 1,
  });
  socket.start();
  return { network, links, socket, denied };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test("the token travels as a subprotocol, never in the address", async () => {
  const { network } = start();
  await settle();
  expect(network.last.sessionId).toBe("s1");
  expect(network.last.protocols).toEqual(["frontdesk", "tok-1.x"]);
});

test("a token that a subprotocol cannot carry is the first frame", async () => {
  const { network } = start("a b/=");
  await settle();
  network.last.accept();
  expect(network.last.sent[0]).toEqual({ type: "auth", token: "a b/=" });
});

test("pauses between attempts grow to thirty seconds and start anew after a success", async () => {
  const { network } = start();
  for (const pause of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    await settle();
    network.last.drop();
    const count = network.wires.length;
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(network.wires.length).toBe(count);
    await vi.advanceTimersByTimeAsync(1);
    expect(network.wires.length).toBe(count + 1);
  }
  network.last.accept();
  network.last.drop();
  const count = network.wires.length;
  await vi.advanceTimersByTimeAsync(500);
  expect(network.wires.length).toBe(count + 1);
});

test("jitter is full: pauses lie anywhere from nothing to the cap", () => {
  const random = seeded(7);
  const pauses = Array.from({ length: 500 }, () => backoff(20, random));
  expect(Math.min(...pauses)).toBeLessThan(CAP_MS * 0.05);
  expect(Math.max(...pauses)).toBeGreaterThan(CAP_MS * 0.95);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(CAP_MS);
});

test("a connection that does not answer its ping is given up", async () => {
  const { network, links } = start();
  await settle();
  network.last.accept();
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
  expect(network.last.of("ping")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(SILENCE_MS);
  expect(links.at(-1)).toBe("waiting");
});

test("a connection that answers stays", async () => {
  const { network, links } = start();
  await settle();
  network.last.accept();
  for (let round = 0; round < 5; round += 1) {
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
    network.last.say({ type: "pong" });
  }
  expect(network.wires).toHaveLength(1);
  expect(links.at(-1)).toBe("open");
});

test("a refused session is reported before the next attempt", async () => {
  const { network, denied } = start();
  await settle();
  network.last.accept();
  network.last.drop(1008);
  expect(denied).toHaveBeenCalledOnce();
});

describe("a nudge", () => {
  test("connects at once instead of waiting out the pause", async () => {
    const { network, socket } = start();
    await settle();
    network.last.drop();
    socket.nudge();
    await settle();
    expect(network.wires).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(600);
    expect(network.wires).toHaveLength(2);
  });
});

test("after stop nothing connects again, not even an attempt under way", async () => {
  const { network, socket, links } = start();
  socket.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(network.wires).toHaveLength(0);
  expect(links.at(-1)).toBe("idle");
});
