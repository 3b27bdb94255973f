/** One live connection that comes back by itself. Knows nothing of conversations. */
import { type ClientFrame, type ServerFrame, parseFrame } from "../protocol";
import { backoff } from "./backoff";

export type Link = "idle" | "connecting" | "open" | "waiting";

export interface Credentials {
  session_id: string;
  token: string;
}

export interface SocketPort {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

export interface LiveSocketOptions {
  /** Called before each attempt; may open or renew the session. */
  credentials: () => Promise<Credentials>;
  connect: (sessionId: string, protocols: string[]) => SocketPort;
  onOpen: () => void;
  onFrame: (frame: ServerFrame) => void;
  /** `failures` counts attempts since the last open connection. */
  onLink: (link: Link, failures: number) => void;
  /** The server refused the session itself. */
  onDenied: () => void;
  random?: () => number;
}

export const HEARTBEAT_MS = 25_000;
export const SILENCE_MS = 10_000;
export const OPEN_TIMEOUT_MS = 10_000;

const OPEN = 1;
const DENIED_CODES = new Set([1008, 4001, 4003, 4401, 4403]);
/** Characters that a subprotocol may have (RFC 9110 token); other tokens travel in the first frame. */
const PROTOCOL_TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

export class LiveSocket {
  private socket: SocketPort | null = null;
  private link: Link = "idle";
  private failures = 0;
  private attempt = 0;
  private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  private heartbeatTimer: ReturnType<typeof setTimeout> | undefined;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LiveSocketOptions) {}

  get open(): boolean {
    return this.link === "open";
  }

  start(): void {
    if (this.link === "idle") void this.connect();
  }

  /** Tries at once instead of waiting out the pause: the network or the person came back. */
  nudge(): void {
    if (this.link === "waiting") void this.connect();
  }

  stop(): void {
    this.attempt += 1;
    this.dropSocket();
    this.failures = 0;
    this.setLink("idle");
  }

  /** Gives up the present connection, which does not seem to work, and makes a new one. */
  reconnect(): void {
    if (this.link === "open") this.lost();
  }

  send(frame: ClientFrame): boolean {
    if (this.link !== "open" || this.socket?.readyState !== OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private async connect(): Promise<void> {
    const attempt = (this.attempt += 1);
    clearTimeout(this.reconnectTimer);
    this.setLink("connecting");
    try {
      const { session_id, token } = await this.options.credentials();
      if (attempt === this.attempt) this.openSocket(session_id, token);
    } catch {
      if (attempt === this.attempt) this.lost();
    }
  }

  private openSocket(sessionId: string, token: string): void {
    const inProtocol = PROTOCOL_TOKEN.test(token);
    const socket = this.options.connect(sessionId, inProtocol ? ["frontdesk", token] : ["frontdesk"]);
    this.socket = socket;
    const current = () => this.socket === socket;
    this.silenceTimer = setTimeout(() => current() && this.lost(), OPEN_TIMEOUT_MS);
    socket.onopen = () => {
      if (!current()) return;
      if (!inProtocol) socket.send(JSON.stringify({ type: "auth", token }));
      this.opened();
    };
    socket.onmessage = (event) => current() && this.received(event.data);
    socket.onclose = (event) => {
      if (!current()) return;
      if (DENIED_CODES.has(event.code)) this.options.onDenied();
      this.lost();
    };
  }

  private opened(): void {
    this.failures = 0;
    this.heard();
    this.setLink("open");
    this.options.onOpen();
  }

  private received(data: unknown): void {
    this.heard();
    const frame = parseFrame(data);
    if (frame) this.options.onFrame(frame);
  }

  /** Any frame proves life; after a quiet while a ping asks for one. */
  private heard(): void {
    clearTimeout(this.silenceTimer);
    clearTimeout(this.heartbeatTimer);
    this.heartbeatTimer = setTimeout(() => {
      this.send({ type: "ping" });
      this.silenceTimer = setTimeout(() => this.lost(), SILENCE_MS);
    }, HEARTBEAT_MS);
  }

  private lost(): void {
    this.dropSocket();
    const pause = backoff(this.failures, this.options.random);
    this.failures += 1;
    this.reconnectTimer = setTimeout(() => void this.connect(), pause);
    this.setLink("waiting");
  }

  private dropSocket(): void {
    clearTimeout(this.reconnectTimer);
    clearTimeout(this.heartbeatTimer);
    clearTimeout(this.silenceTimer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private setLink(link: Link): void {
    this.link = link;
    this.options.onLink(link, this.failures);
  }
}
