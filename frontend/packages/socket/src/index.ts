export { type Backoff, fullJitter, RECONNECT } from "./backoff";
export {
  type Endpoint,
  OPEN_TIMEOUT_MS,
  PING_AFTER_MS,
  PONG_TIMEOUT_MS,
  PROBE_TIMEOUT_MS,
  ReconnectingSocket,
  type SocketOptions,
  type SocketPort,
  type SocketState,
} from "./reconnectingSocket";
