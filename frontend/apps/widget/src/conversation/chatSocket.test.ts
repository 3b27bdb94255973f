import { FakeNetwork } from "@frontdesk/socket/testing";
import { expect, test, vi } from "vitest";
import { chatSocket } from "./chatSocket";
import type { ClientFrame, ServerFrame } from "../protocol";

async function start(token = "tok-1.x") {
  const network = new FakeNetwork<ServerFrame, ClientFrame>();
  const denied = vi.fn();
  const socket = chatSocket({
    session: async () => ({ session_id: "s1", token }),
    connect: network.connect,
    onFrame: () => undefined,
    onState: () => undefined,
    onDenied: denied,
  });
  socket.start();
  await vi.waitFor(() => network.last);
  return { network, socket, denied };
}

test("the token travels as a subprotocol, never in the address", async () => {
  const { network, socket } = await start();
  expect(network.last.address).toBe("/ws?session_id=s1");
  expect(network.last.protocols).toEqual(["frontdesk", "tok-1.x"]);
  socket.stop();
});

test("a token that a subprotocol cannot carry is the first frame", async () => {
  const { network, socket } = await start("a b/=");
  network.last.accept();
  expect(network.last.protocols).toEqual(["frontdesk"]);
  expect(network.last.sent[0]).toEqual({ type: "auth", token: "a b/=" });
  socket.stop();
});

test("a refused session is reported before the next attempt", async () => {
  const { network, socket, denied } = await start();
  network.last.accept();
  network.last.drop(1008);
  expect(denied).toHaveBeenCalledOnce();
  expect(network.sockets).toHaveLength(1);
  socket.stop();
});

test("a connection that merely broke keeps its session", async () => {
  const { network, socket, denied } = await start();
  network.last.accept();
  network.last.drop();
  expect(denied).not.toHaveBeenCalled();
  socket.stop();
});
