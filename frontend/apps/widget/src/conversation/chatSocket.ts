/** The chat's socket: whose session it serves, and how the session's token travels. */
import { type Endpoint, ReconnectingSocket, type SocketOptions } from "@frontdesk/socket";
import { type ClientFrame, parseFrame, type ServerFrame } from "../protocol";

export type ChatSocket = ReconnectingSocket<ServerFrame, ClientFrame>;

export interface Credentials {
  session_id: string;
  token: string;
}

type Shared = Pick<SocketOptions<ServerFrame, ClientFrame>, "connect" | "onOpen" | "onFrame" | "onState" | "random">;

export interface ChatSocketOptions extends Shared {
  /** Called before each attempt; may open or renew the session. */
  session: () => Promise<Credentials>;
  /** The server refused the session itself. */
  onDenied: () => void;
}

const DENIED_CODES = new Set([1008, 4001, 4003, 4401, 4403]);
/** Characters that a subprotocol may have (RFC 9110 token); other tokens travel in the first frame. */
const PROTOCOL_TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

export function chatSocket({ session, onDenied, ...options }: ChatSocketOptions): ChatSocket {
  return new ReconnectingSocket<ServerFrame, ClientFrame>({
    ...options,
    endpoint: async () => endpointOf(await session()),
    parse: parseFrame,
    ping: { type: "ping" },
    onClose: (code) => DENIED_CODES.has(code) && onDenied(),
  });
}

function endpointOf({ session_id, token }: Credentials): Endpoint<ClientFrame> {
  const address = `/ws?session_id=${encodeURIComponent(session_id)}`;
  if (PROTOCOL_TOKEN.test(token)) return { address, protocols: ["frontdesk", token] };
  return { address, protocols: ["frontdesk"], firstFrame: { type: "auth", token } };
}
