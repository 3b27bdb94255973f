/** What the socket's state and the browser's word mean for sending, and for the person. */
import type { SocketState } from "@frontdesk/socket";
import type { Road } from "./outbox";

export type Connection = "idle" | "connecting" | "online" | "limited" | "offline";

export interface Network {
  socket: SocketState;
  /** Attempts of the socket since it was last open. */
  failures: number;
  /** The browser's word; an open connection knows better. */
  online: boolean;
}

/** So many vain attempts and the HTTP road is taken; the socket keeps trying behind it. */
export const FAILURES_BEFORE_HTTP = 2;

export function roadOf({ socket, failures, online }: Network): Road {
  if (socket === "open") return "live";
  return online && socket !== "idle" && failures >= FAILURES_BEFORE_HTTP ? "http" : "none";
}

export function connectionOf(network: Network, hasSession: boolean): Connection {
  if (network.socket === "open") return "online";
  if (!network.online) return "offline";
  if (network.socket === "idle") return "idle";
  return roadOf(network) === "http" && hasSession ? "limited" : "connecting";
}
