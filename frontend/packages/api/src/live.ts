/** The console's live feed: resumes by cursor after each break, and says when only a refetch will do. */
import { type Backoff, ReconnectingSocket, type SocketOptions, type SocketState } from "@frontdesk/socket";
import { parseFrame, type ClientFrame, type ServerFrame } from "./frames";

export type LiveStatus = "connecting" | "open" | "offline";
export type LiveListener = (frame: ServerFrame) => void;
export type StatusListener = (status: LiveStatus) => void;

export interface LiveOptions extends Pick<SocketOptions<ServerFrame, ClientFrame>, "connect" | "random"> {
  url: string;
  /** Asked before each attempt but the first: the sign-in may have ended, which a refused socket does not tell. */
  check?: () => Promise<unknown>;
}

/** Shorter than the default: a manager looks at the page and waits. */
const BACKOFF: Backoff = { baseMs: 500, capMs: 15_000 };

export class LiveClient {
  private cursor: number | null = null;
  private watched: string | null = null;
  private current: LiveStatus = "connecting";
  private broke = false;
  private readonly frames = new Set<LiveListener>();
  private readonly statuses = new Set<StatusListener>();
  private readonly socket: ReconnectingSocket<ServerFrame, ClientFrame>;

  constructor({ url, check, ...options }: LiveOptions) {
    this.socket = new ReconnectingSocket<ServerFrame, ClientFrame>({
      ...options,
      endpoint: () => (check && this.broke ? check().then(() => ({ address: url })) : { address: url }),
      parse: parseFrame,
      ping: { type: "ping" },
      isGreeting: (frame) => frame.type === "hello",
      onFrame: (frame) => this.receive(frame),
      onState: (state) => this.showState(state),
      backoff: BACKOFF,
    });
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
    this.socket.start();
  }

  stop(): void {
    this.socket.stop();
  }

  /** Tries at once, without waiting out the backoff: for the browser's `online` event and a retry button. */
  retryNow(): void {
    this.socket.retryNow();
  }

  watch(ticketId: string | null): void {
    if (this.watched === ticketId) return;
    this.watched = ticketId;
    this.socket.send({ type: "watch", ticket_id: ticketId });
  }

  private receive(frame: ServerFrame): void {
    if (frame.type === "hello") return this.resume(frame.cursor);
    if (frame.type === "pong") return;
    // A replay may overlap with what already came and frames may share a cursor: listeners apply frames idempotently.
    if ("cursor" in frame) this.cursor = Math.max(this.cursor ?? 0, frame.cursor);
    this.emit(frame);
  }

  /** First greeting: from here on. Later ones: replay from our cursor, or refetch all where the server's is behind ours. */
  private resume(serverCursor: number): void {
    if (this.watched !== null) this.socket.send({ type: "watch", ticket_id: this.watched });
    if (this.cursor === null) {
      this.cursor = serverCursor;
    } else if (serverCursor < this.cursor) {
      this.cursor = serverCursor;
      this.emit({ type: "resync" });
    } else if (serverCursor > this.cursor) {
      this.socket.send({ type: "resume", cursor: this.cursor });
    }
  }

  private emit(frame: ServerFrame): void {
    for (const listener of this.frames) listener(frame);
  }

  /** While a lost connection is tried again, the page stays offline rather than flicker. */
  private showState(state: SocketState): void {
    if (state === "open") this.setStatus("open");
    if (state === "idle") this.broke = false;
    if (state !== "waiting") return;
    this.broke = true;
    this.setStatus("offline");
  }

  private setStatus(status: LiveStatus): void {
    if (this.current === status) return;
    this.current = status;
    for (const listener of this.statuses) listener(status);
  }
}
