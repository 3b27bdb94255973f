/** One socket that comes back by itself. What its frames mean is for the one who opens it to say. */
import { type Backoff, fullJitter, RECONNECT } from "./backoff";

export type SocketState = "idle" | "connecting" | "open" | "waiting";

/** What is needed of a browser's WebSocket. */
export interface SocketPort {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface Endpoint<Outgoing> {
  address: string;
  protocols?: string[];
  /** Sent before anything else once the connection stands. */
  firstFrame?: Outgoing;
}

export interface SocketOptions<Incoming, Outgoing> {
  /** Called before each attempt; may open or renew a session first. A rejection counts as a failed attempt. */
  endpoint: () => Endpoint<Outgoing> | Promise<Endpoint<Outgoing>>;
  connect?: (address: string, protocols: string[]) => SocketPort;
  /** Null for a frame that cannot be read: it proves life and is passed on to nobody. */
  parse: (data: unknown) => Incoming | null;
  ping: Outgoing;
  /** The frame by which the server says that it listens; where left out, the connection itself is enough. */
  isGreeting?: (frame: Incoming) => boolean;
  /** After each connection, before its frames: the place to ask for what was missed. */
  onOpen?: () => void;
  onFrame: (frame: Incoming) => void;
  /** `failures` counts attempts since the last open connection. */
  onState: (state: SocketState, failures: number) => void;
  /** With the close code of a connection that the other side ended. */
  onClose?: (code: number) => void;
  backoff?: Backoff;
  random?: () => number;
}

/** After so long a silence a ping asks for a sign of life. */
export const PING_AFTER_MS = 25_000;
export const PONG_TIMEOUT_MS = 10_000;
/** After a change of the network less patience is due: somebody is told of it. */
export const PROBE_TIMEOUT_MS = 2_000;
export const OPEN_TIMEOUT_MS = 10_000;

const OPEN = 1;

type Timer = ReturnType<typeof setTimeout> | undefined;

export class ReconnectingSocket<Incoming, Outgoing> {
  private socket: SocketPort | null = null;
  private current: SocketState = "idle";
  private failures = 0;
  private attempt = 0;
  private retryTimer: Timer;
  private pingTimer: Timer;
  private silenceTimer: Timer;

  constructor(private readonly options: SocketOptions<Incoming, Outgoing>) {}

  get state(): SocketState {
    return this.current;
  }

  start(): void {
    if (this.current === "idle") this.tryConnection();
  }

  /** Tries at once instead of waiting: the network or the person came back. */
  retryNow(): void {
    if (this.current === "waiting") this.tryConnection();
  }

  /** The network came, went, or is another one: an open connection must show soon that it lives, a new one is tried at once. */
  networkChanged(): void {
    this.failures = 0;
    if (this.current === "open") this.askForLife(PROBE_TIMEOUT_MS);
    else if (this.current !== "idle") this.tryConnection();
  }

  stop(): void {
    this.attempt += 1;
    this.dropSocket();
    this.failures = 0;
    this.setState("idle");
  }

  /** Gives up the present connection, which does not seem to work, and makes a new one. */
  reconnect(): void {
    if (this.current === "open") this.lost();
  }

  /** False where nothing is open: the frame was not sent. */
  send(frame: Outgoing): boolean {
    if (this.current !== "open" || this.socket?.readyState !== OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private tryConnection(): void {
    const attempt = (this.attempt += 1);
    this.dropSocket();
    this.setState("connecting");
    const endpoint = this.options.endpoint();
    if (!(endpoint instanceof Promise)) return this.connect(endpoint);
    endpoint.then((ready) => this.connect(ready, attempt)).catch(() => attempt === this.attempt && this.lost());
  }

  private connect({ address, protocols = [], firstFrame }: Endpoint<Outgoing>, attempt = this.attempt): void {
    if (attempt !== this.attempt) return;
    const { connect = (...target) => new WebSocket(...target) } = this.options;
    const socket = connect(address, protocols);
    this.socket = socket;
    const current = () => this.socket === socket;
    this.silenceTimer = setTimeout(() => current() && this.lost(), OPEN_TIMEOUT_MS);
    socket.onopen = () => {
      if (!current()) return;
      if (firstFrame !== undefined) socket.send(JSON.stringify(firstFrame));
      if (!this.options.isGreeting) this.opened();
    };
    socket.onmessage = (event) => current() && this.received(event.data);
    socket.onclose = (event) => {
      if (!current()) return;
      this.options.onClose?.(event.code);
      this.lost();
    };
  }

  private opened(): void {
    this.failures = 0;
    this.awaitSilence();
    this.setState("open");
    this.options.onOpen?.();
  }

  private received(data: unknown): void {
    const frame = this.options.parse(data);
    if (this.current === "open") this.awaitSilence();
    else if (frame !== null && this.options.isGreeting?.(frame)) this.opened();
    if (frame !== null) this.options.onFrame(frame);
  }

  /** Any frame proves life; after a quiet while a ping asks for one. */
  private awaitSilence(): void {
    clearTimeout(this.silenceTimer);
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => this.askForLife(PONG_TIMEOUT_MS), PING_AFTER_MS);
  }

  private askForLife(within: number): void {
    clearTimeout(this.silenceTimer);
    clearTimeout(this.pingTimer);
    this.send(this.options.ping);
    this.silenceTimer = setTimeout(() => this.lost(), within);
  }

  private lost(): void {
    this.dropSocket();
    const wait = fullJitter(this.failures, this.options.backoff ?? RECONNECT, this.options.random);
    this.failures += 1;
    this.retryTimer = setTimeout(() => this.tryConnection(), wait);
    this.setState("waiting");
  }

  /** A socket whose peer is gone may take minutes to close by itself: it is let go of first, then closed. */
  private dropSocket(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.pingTimer);
    clearTimeout(this.silenceTimer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private setState(state: SocketState): void {
    this.current = state;
    this.options.onState(state, this.failures);
  }
}
