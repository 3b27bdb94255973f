/** The console's one socket: reconnects by itself, resumes by cursor, and says when only a refetch will do. */
import { fullJitter } from "./backoff";
import { parseFrame, type ClientFrame, type ServerFrame } from "./frames";

export type LiveStatus = "connecting" | "open" | "offline";
export type LiveListener = (frame: ServerFrame) => void;
export type StatusListener = (status: LiveStatus) => void;

export interface LiveOptions {
  url: string;
  WebSocket?: typeof globalThis.WebSocket;
  random?: () => number;
  pingEveryMs?: number;
  pongWithinMs?: number;
}

type Timer = ReturnType<typeof setTimeout>;

export class LiveClient {
  private socket: WebSocket | null = null;
  private cursor: number | null = null;
  private watched: string | null = null;
  private attempt = 0;
  private stopped = true;
  private current: LiveStatus = "connecting";
  private retryTimer: Timer | undefined;
  private pingTimer: Timer | undefined;
  private pongTimer: Timer | undefined;
  private readonly frames = new Set<LiveListener>();
  private readonly statuses = new Set<StatusListener>();
  private readonly options: Required<LiveOptions>;

  constructor(options: LiveOptions) {
    this.options = {
      WebSocket: globalThis.WebSocket,
      random: Math.random,
      pingEveryMs: 25_000,
      pongWithinMs: 10_000,
      ...options,
    };
  }

  get status(): LiveStatus {
    return this.current;
  }

  onFrame(listener: LiveListener): () => void {
    this.frames.add(listener);
    return () => this.frames.delete(listener);
  }

  onStatus(listener: StatusListener): () => void {
    this.statuses.add(listener);
    return () => this.statuses.delete(listener);
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.clearTimers();
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Tries at once, without waiting out the backoff: for the browser's `online` event and a retry button. */
  retryNow(): void {
    if (this.stopped || this.current === "open") return;
    this.clearTimers();
    this.drop();
    this.connect();
  }

  watch(ticketId: string | null): void {
    if (this.watched === ticketId) return;
    this.watched = ticketId;
    this.send({ type: "watch", ticket_id: ticketId });
  }

  private connect(): void {
    const socket = new this.options.WebSocket(this.options.url);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent) => {
      if (socket === this.socket) this.receive(parseFrame(event.data));
    };
    socket.onclose = () => {
      if (socket === this.socket) this.lost();
    };
  }

  private receive(frame: ServerFrame | null): void {
    if (frame === null) return;
    clearTimeout(this.pongTimer);
    this.pongTimer = undefined;
    if (frame.type === "hello") return this.greeted(frame.cursor);
    if (frame.type === "pong") return;
    // A replay may overlap with what already came and frames may share a cursor: listeners apply frames idempotently.
    if ("cursor" in frame) this.cursor = Math.max(this.cursor ?? 0, frame.cursor);
    this.emit(frame);
  }

  /** First greeting: from here on. Later ones: replay from our cursor, or refetch all where the server's is behind ours. */
  private greeted(cursor: number): void {
    this.attempt = 0;
    this.setStatus("open");
    this.schedulePing();
    if (this.watched !== null) this.send({ type: "watch", ticket_id: this.watched });
    if (this.cursor === null) {
      this.cursor = cursor;
    } else if (cursor < this.cursor) {
      this.cursor = cursor;
      this.emit({ type: "resync" });
    } else if (cursor > this.cursor) {
      this.send({ type: "resume", cursor: this.cursor });
    }
  }

  private lost(): void {
    this.clearTimers();
    this.socket = null;
    if (this.stopped) return;
    this.setStatus("offline");
    const wait = fullJitter(this.attempt, undefined, this.options.random);
    this.attempt += 1;
    this.retryTimer = setTimeout(() => this.connect(), wait);
  }

  private schedulePing(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => {
      this.send({ type: "ping" });
      this.pongTimer ??= setTimeout(() => {
        this.drop();
        this.lost();
      }, this.options.pongWithinMs);
      this.schedulePing();
    }, this.options.pingEveryMs);
  }

  /** A socket whose peer is gone may take minutes to close by itself; let go of it and close it behind our back. */
  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private send(frame: ClientFrame): void {
    if (this.socket?.readyState === this.options.WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private emit(frame: ServerFrame): void {
    for (const listener of this.frames) listener(frame);
  }

  private setStatus(status: LiveStatus): void {
    if (this.current === status) return;
    this.current = status;
    for (const listener of this.statuses) listener(status);
  }

  private clearTimers(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.pingTimer);
    clearTimeout(this.pongTimer);
    this.pongTimer = undefined;
  }
}
