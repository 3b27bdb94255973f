import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OPEN_TIMEOUT_MS, PING_AFTER_MS, PONG_TIMEOUT_MS, PROBE_TIMEOUT_MS, ReconnectingSocket, type SocketOptions, type SocketState } from "./index";
import { FakeNetwork } from "./testing";

interface Frame {
  type: string;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(options: Partial<SocketOptions<Frame, Frame>> = {}) {
  const network = new FakeNetwork<Frame, Frame>();
  const states: SocketState[] = [];
  const frames: Frame[] = [];
  const socket = new ReconnectingSocket<Frame, Frame>({
    endpoint: async () => ({ address: "/live" }),
    connect: network.connect,
    parse: (data) => JSON.parse(String(data)) as Frame | null,
    ping: { type: "ping" },
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
    random: () => 1,
    ...options,
  });
  socket.start();
  return { network, states, frames, socket };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test("the first frame is sent before what follows the opening", async () => {
  const { network, socket } = start({
    endpoint: async () => ({ address: "/live", protocols: ["frontdesk"], firstFrame: { type: "auth" } }),
    onOpen: () => socket.send({ type: "resume" }),
  });
  await settle();
  network.last.accept();
  expect(network.last.protocols).toEqual(["frontdesk"]);
  expect(network.last.sent).toEqual([{ type: "auth" }, { type: "resume" }]);
});

test("waits between attempts grow to thirty seconds and start anew after a success", async () => {
  const { network } = start();
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    await settle();
    network.last.drop();
    const count = network.sockets.length;
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(network.sockets.length).toBe(count);
    await vi.advanceTimersByTimeAsync(1);
    expect(network.sockets.length).toBe(count + 1);
  }
  network.last.accept();
  network.last.drop();
  const count = network.sockets.length;
  await vi.advanceTimersByTimeAsync(500);
  expect(network.sockets.length).toBe(count + 1);
});

test("a session that cannot be opened is a failed attempt like any other", async () => {
  const endpoint = vi.fn(async () => Promise.reject(new Error("no session")));
  const { states } = start({ endpoint });
  await settle();
  expect(states).toEqual(["connecting", "waiting"]);
  await vi.advanceTimersByTimeAsync(500);
  expect(endpoint).toHaveBeenCalledTimes(2);
});

test("a connection that does not open in time is given up", async () => {
  const { states } = start();
  await vi.advanceTimersByTimeAsync(OPEN_TIMEOUT_MS);
  expect(states.at(-1)).toBe("waiting");
});

test("where the server greets, the connection counts as open from then on", async () => {
  const { network, states, frames, socket } = start({ isGreeting: (frame) => frame.type === "hello" });
  await settle();
  network.last.accept();
  expect(socket.send({ type: "watch" })).toBe(false);
  network.last.deliver({ type: "hello" });
  expect(states.at(-1)).toBe("open");
  expect(socket.send({ type: "watch" })).toBe(true);
  expect(frames).toEqual([{ type: "hello" }]);
});

test("a connection whose server never greets is given up, whatever else it says", async () => {
  const { network, states } = start({ isGreeting: (frame) => frame.type === "hello" });
  await settle();
  network.last.accept();
  await vi.advanceTimersByTimeAsync(OPEN_TIMEOUT_MS / 2);
  network.last.deliver({ type: "news" });
  await vi.advanceTimersByTimeAsync(OPEN_TIMEOUT_MS / 2);
  expect(states.at(-1)).toBe("waiting");
});

test("a connection that does not answer its ping is given up", async () => {
  const { network, states } = start();
  await settle();
  network.last.accept();
  await vi.advanceTimersByTimeAsync(PING_AFTER_MS);
  expect(network.last.sentOf("ping")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(PONG_TIMEOUT_MS);
  expect(states.at(-1)).toBe("waiting");
});

test("a connection that answers stays", async () => {
  const { network, states } = start();
  await settle();
  network.last.accept();
  for (let round = 0; round < 5; round += 1) {
    await vi.advanceTimersByTimeAsync(PING_AFTER_MS);
    network.last.deliver({ type: "pong" });
  }
  expect(network.sockets).toHaveLength(1);
  expect(states.at(-1)).toBe("open");
});

test("what an abandoned connection still says reaches nobody", async () => {
  const { network, frames, socket } = start();
  await settle();
  network.last.accept();
  const abandoned = network.last;
  socket.reconnect();
  abandoned.deliver({ type: "late" });
  abandoned.drop();
  expect(frames).toEqual([]);
  expect(socket.state).toBe("waiting");
});

test("the close code is told before the next attempt", async () => {
  const onClose = vi.fn();
  const { network } = start({ onClose });
  await settle();
  network.last.accept();
  network.last.drop(1008);
  expect(onClose).toHaveBeenCalledExactlyOnceWith(1008);
  expect(network.sockets).toHaveLength(1);
});

test("retryNow connects at once instead of waiting", async () => {
  const { network, socket } = start();
  await settle();
  network.last.drop();
  socket.retryNow();
  await settle();
  expect(network.sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600);
  expect(network.sockets).toHaveLength(2);
});

test("when the network changes, a silent connection is soon given up and one that answers stays", async () => {
  const { network, socket, states } = start();
  await settle();
  network.last.accept();
  socket.networkChanged();
  network.last.deliver({ type: "pong" });
  await vi.advanceTimersByTimeAsync(PROBE_TIMEOUT_MS);
  expect(states.at(-1)).toBe("open");
  socket.networkChanged();
  await vi.advanceTimersByTimeAsync(PROBE_TIMEOUT_MS);
  expect(states.at(-1)).toBe("waiting");
});

test("when the network changes, an attempt under way is made anew and earlier failures are forgotten", async () => {
  const { network, socket } = start();
  for (let vain = 0; vain < 5; vain += 1) {
    await settle();
    network.last.drop();
    socket.retryNow();
  }
  await settle();
  const count = network.sockets.length;
  socket.networkChanged();
  await settle();
  expect(network.sockets).toHaveLength(count + 1);
  network.last.drop();
  await vi.advanceTimersByTimeAsync(500);
  expect(network.sockets).toHaveLength(count + 2);
});

test("a change of the network starts nothing that was not wanted", async () => {
  const { network, socket } = start();
  socket.stop();
  socket.networkChanged();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(network.sockets).toHaveLength(0);
});

test("after stop nothing connects again, not even an attempt under way", async () => {
  const { network, socket, states } = start();
  socket.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(network.sockets).toHaveLength(0);
  expect(states.at(-1)).toBe("idle");
});
