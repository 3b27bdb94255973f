/** Ties a conversation to the world: session, socket, outbox, fallback, storage. The page only shows its view. */
import type { SocketState } from "@frontdesk/socket";
import { ApiError, type Identity, openSession, type Session } from "../api";
import type { ServerFrame } from "../protocol";
import { type ChatSocket, type ChatSocketOptions, chatSocket } from "./chatSocket";
import { Fallback } from "./fallback";
import { newId } from "./id";
import { Outbox, type Road } from "./outbox";
import { type Action, reduce } from "./reduce";
import { type Conversation, cursor, EMPTY, highest, type Item, pending } from "./state";
import { forgetAll, type KeyValue, load, save } from "./storage";

export type Connection = "idle" | "connecting" | "online" | "limited" | "offline";

export interface ChatView {
  readonly conversation: Conversation;
  readonly connection: Connection;
  readonly unread: number;
}

export interface ChatOptions extends Pick<ChatSocketOptions, "connect" | "random"> {
  store: KeyValue;
  isOnline: () => boolean;
}

/** So many vain attempts and the HTTP road is taken; the socket keeps trying behind it. */
export const FAILURES_BEFORE_HTTP = 2;
const TYPING_EVERY_MS = 3_000;
const AI_SILENCE_MS = 60_000;
const PERSON_SILENCE_MS = 8_000;

export class Chat {
  view: ChatView = { conversation: EMPTY, connection: "idle", unread: 0 };
  private session: Session | null = null;
  private identity: Identity | null = null;
  private locale = "ru";
  private attending = false;
  private socketState: SocketState = "idle";
  private failures = 0;
  private readUpTo = 0;
  private typedAt = 0;
  private quietTimer: ReturnType<typeof setTimeout> | undefined;
  private listeners = new Set<() => void>();
  private readonly socket: ChatSocket;
  private readonly outbox: Outbox;
  private readonly fallback: Fallback;

  constructor(private readonly options: ChatOptions) {
    this.socket = chatSocket({
      ...options,
      session: () => this.ensureSession(),
      onOpen: () => this.onOpen(),
      onFrame: (frame) => this.onFrame(frame),
      onState: (state, failures) => this.onSocketState(state, failures),
      onDenied: () => this.renewSession(),
    });
    this.fallback = new Fallback({
      session: () => this.ensureSession(),
      conversation: () => this.view.conversation,
      show: (messages) => messages.forEach((message) => this.receive({ type: "message", message })),
      denied: () => this.renewSession(),
    });
    this.outbox = new Outbox({
      next: () => pending(this.view.conversation)[0],
      road: () => this.road(),
      sendLive: (item) => this.socket.send({ type: "message", client_msg_id: item.key, content: item.text }),
      sendHttp: (item) => this.sendHttp(item),
      fail: (clientMsgId, reason) => this.dispatch({ type: "fail", clientMsgId, reason }),
      stale: () => this.socket.reconnect(),
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes up the stored conversation of this person, or an empty one. */
  boot(identity: Identity | null, locale: string): void {
    this.leave();
    this.identity = identity;
    this.locale = locale;
    const kept = load(this.options.store, identity);
    this.session = kept.session;
    this.update({ unread: kept.unread });
    this.dispatch({ type: "restore", state: kept.conversation ?? EMPTY });
    if (this.session) this.socket.start();
  }

  setLocale(locale: string): void {
    this.locale = locale;
  }

  /** Whether the person is looking: what comes meanwhile is read, else it is counted. */
  attend(attending: boolean): void {
    this.attending = attending;
    if (!attending) return;
    if (this.identity || this.session) this.socket.start();
    if (this.view.unread > 0) this.update({ unread: 0 });
    this.reportRead();
    this.persist();
  }

  send(text: string): void {
    const content = text.trim();
    if (content === "") return;
    this.dispatch({ type: "queue", clientMsgId: newId(), text: content, at: new Date().toISOString() });
    this.wake();
  }

  retry(clientMsgId: string): void {
    this.dispatch({ type: "retry", clientMsgId });
    this.wake();
  }

  typed(): void {
    const now = Date.now();
    if (now - this.typedAt < TYPING_EVERY_MS) return;
    this.typedAt = now;
    this.socket.start();
    this.socket.send({ type: "typing" });
  }

  /** The network or the page came back, or went. */
  environmentChanged(): void {
    this.update({ connection: this.connection() });
    if (this.options.isOnline()) this.socket.retryNow();
    this.outbox.pump();
  }

  /** Sign-out: nothing of anyone stays in this browser. */
  reset(): void {
    this.leave();
    forgetAll(this.options.store);
    this.session = null;
    this.identity = null;
    this.update({ conversation: EMPTY, unread: 0 });
  }

  private leave(): void {
    this.socket.stop();
    this.outbox.interrupted();
    this.fallback.poll(false);
    clearTimeout(this.quietTimer);
    this.readUpTo = 0;
  }

  private wake(): void {
    this.socket.start();
    this.socket.retryNow();
    this.outbox.pump();
  }

  private onOpen(): void {
    this.outbox.interrupted();
    this.resume();
    this.outbox.pump();
    if (this.attending) this.reportRead();
  }

  private onSocketState(state: SocketState, failures: number): void {
    if (this.socketState === "open" && state !== "open") {
      this.outbox.interrupted();
      this.dispatch({ type: "disconnected" });
    }
    this.socketState = state;
    this.failures = failures;
    this.update({ connection: this.connection() });
    this.fallback.poll(this.view.connection === "limited");
    if (this.road() === "http") this.outbox.pump();
  }

  private onFrame(frame: ServerFrame): void {
    const before = this.view.conversation;
    this.receive(frame);
    if (frame.type === "ack") this.outbox.taken(frame.client_msg_id);
    if (frame.type === "error") this.onError(frame);
    if (frame.type === "typing") this.expectQuiet(frame.who === "person" ? PERSON_SILENCE_MS : AI_SILENCE_MS);
    if (this.view.conversation.gaps !== before.gaps) this.resume();
  }

  private onError(frame: Extract<ServerFrame, { type: "error" }>): void {
    if (frame.code === "unauthorized") {
      this.renewSession();
      this.socket.reconnect();
      return;
    }
    this.outbox.refused(frame.client_msg_id ?? this.outbox.current, frame.message, frame.retryable);
  }

  /** Applies a frame and counts it as unread where nobody is looking. */
  private receive(frame: ServerFrame): void {
    const before = this.view.conversation.items.length;
    this.dispatch({ type: "frame", frame });
    if (frame.type !== "complete" && frame.type !== "message") return;
    const fresh = this.view.conversation.items.length > before && frame.message.sender_type !== "customer";
    if (fresh && !this.attending) this.update({ unread: this.view.unread + 1 });
    if (fresh && this.attending) this.reportRead();
    if (frame.message.client_msg_id) this.outbox.taken(frame.message.client_msg_id);
  }

  private resume(): void {
    const { ticketId } = this.view.conversation;
    const last_seq = cursor(this.view.conversation, ticketId);
    if (this.socket.send({ type: "resume", ticket_id: ticketId, last_seq })) this.dispatch({ type: "resuming" });
  }

  private reportRead(): void {
    const { ticketId } = this.view.conversation;
    const top = ticketId === null ? 0 : highest(this.view.conversation, ticketId);
    if (top === this.readUpTo || top === 0) return;
    if (this.socket.send({ type: "read", up_to_seq: top })) this.readUpTo = top;
  }

  private expectQuiet(after: number): void {
    clearTimeout(this.quietTimer);
    this.quietTimer = setTimeout(() => this.dispatch({ type: "quiet" }), after);
  }

  private async ensureSession(): Promise<Session> {
    const valid = this.session && Date.parse(this.session.expires_at) > Date.now() + 60_000;
    if (this.session && valid) return this.session;
    if (this.session) this.renewSession();
    const { identity } = this;
    const session = await openSession(identity, this.locale);
    if (identity !== this.identity) throw new ApiError(0, "conflict", "");
    this.session = session;
    this.persist();
    return session;
  }

  private renewSession(): void {
    this.session = null;
    this.dispatch({ type: "restart" });
  }

  private road(): Road {
    if (!this.options.isOnline()) return "none";
    if (this.socketState === "open") return "live";
    return this.socketState !== "idle" && this.failures >= FAILURES_BEFORE_HTTP ? "http" : "none";
  }

  private connection(): Connection {
    if (!this.options.isOnline()) return "offline";
    if (this.socketState === "idle") return "idle";
    if (this.socketState === "open") return "online";
    return this.failures >= FAILURES_BEFORE_HTTP && this.session ? "limited" : "connecting";
  }

  private async sendHttp(item: Item): Promise<void> {
    this.dispatch({ type: "frame", frame: { type: "typing", on: true, who: "ai" } });
    try {
      await this.fallback.send(item);
    } finally {
      this.dispatch({ type: "quiet" });
    }
  }

  private dispatch(action: Action): void {
    const conversation = reduce(this.view.conversation, action);
    if (conversation === this.view.conversation) return;
    const lasting = conversation.items !== this.view.conversation.items || action.type !== "frame";
    this.update({ conversation });
    if (lasting) this.persist();
  }

  private persist(): void {
    const { conversation, unread } = this.view;
    save(this.options.store, this.identity, { session: this.session, conversation, unread });
  }

  private update(change: Partial<ChatView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
