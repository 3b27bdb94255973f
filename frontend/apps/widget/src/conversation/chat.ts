/** Ties a conversation to the world: session, socket, outbox, fallback, storage. The page only shows its view. */
import type { SocketState } from "@frontdesk/socket";
import type { Identity, Session, Told } from "../api";
import type { ServerFrame } from "../protocol";
import { type ChatSocket, type ChatSocketOptions, chatSocket } from "./chatSocket";
import { type Connection, connectionOf, type Network, roadOf } from "./connection";
import { Fallback } from "./fallback";
import { newId } from "./id";
import { messageOf, Outbox } from "./outbox";
import { ReadReports } from "./readReports";
import { type Action, reduce } from "./reduce";
import { type Conversation, cursor, EMPTY, type Item, pending } from "./state";
import type { Locks } from "./sessionKeeper";
import { changeOf, type KeyValue, load, save } from "./storage";
import { TypingSignals } from "./typingSignals";
import { Visitor } from "./visitor";

export interface ChatView {
  readonly conversation: Conversation;
  readonly connection: Connection;
  readonly unread: number;
}

export interface ChatOptions extends Pick<ChatSocketOptions, "connect" | "random"> {
  store: KeyValue;
  locks: Locks;
  /** What the browser believes of the network; an open connection knows better. */
  isOnline: () => boolean;
}

export class Chat {
  view: ChatView = { conversation: EMPTY, connection: "idle", unread: 0 };
  /** The session that the conversation at hand was held in. */
  private usedId: string | null = null;
  private locale = "ru";
  private attending = false;
  private socketState: SocketState = "idle";
  private failures = 0;
  private listeners = new Set<() => void>();
  private readonly visitor: Visitor;
  private readonly socket: ChatSocket;
  private readonly outbox: Outbox;
  private readonly fallback: Fallback;
  private readonly typing = new TypingSignals(
    () => this.socket.send({ type: "typing" }),
    () => this.dispatch({ type: "quiet" }),
  );
  private readonly reads = new ReadReports((up_to_seq) => this.socket.send({ type: "read", up_to_seq }));

  constructor(private readonly options: ChatOptions) {
    this.visitor = new Visitor({
      ...options,
      locale: () => this.locale,
      hasWords: () => this.view.conversation.items.length > 0,
      leaving: () => this.leave(),
      changed: () => this.takeUp(),
    });
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
      show: (told) => this.show(told),
      denied: () => this.renewSession(),
    });
    this.outbox = new Outbox({
      next: () => pending(this.view.conversation)[0],
      road: () => roadOf(this.network),
      sendLive: (item) => this.socket.send(messageOf(item)),
      sendHttp: (item) => this.sendHttp(item),
      fail: (clientMsgId, reason) => this.dispatch({ type: "fail", clientMsgId, reason }),
      stale: () => this.socket.reconnect(),
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The first thing said to a chat: who is here, and in what language. */
  boot(identity: Identity | null, locale: string): void {
    this.locale = locale;
    this.takeUp();
    this.visitor.identify(identity);
  }

  /** A guest's conversation goes on under the name of who signs in. */
  identify(identity: Identity): void {
    this.visitor.identify(identity);
  }

  setLocale(locale: string): void {
    this.locale = locale;
  }

  /** Whether the person is looking: what comes meanwhile is read, else it is counted. */
  attend(attending: boolean): void {
    this.attending = attending;
    if (!attending) return;
    if (this.isWanted) this.socket.start();
    if (this.view.unread > 0) this.update({ unread: 0 });
    this.reads.seen(this.view.conversation);
    this.persist();
  }

  /** `toAssistant`: asked of the assistant, although a person has the conversation. */
  send(text: string, toAssistant = false): void {
    const content = text.trim();
    if (content === "") return;
    this.dispatch({ type: "queue", clientMsgId: newId(), text: content, at: new Date().toISOString(), toAssistant });
    this.wake();
  }

  retry(clientMsgId: string): void {
    this.dispatch({ type: "retry", clientMsgId });
    this.wake();
  }

  typed(): void {
    this.typing.typed();
  }

  /** The page is looked at again. */
  shown(): void {
    this.socket.retryNow();
    this.outbox.pump();
  }

  /** The browser says that the network came, went, or is another one. */
  networkChanged(): void {
    this.visitor.sessions.interrupt();
    this.socket.networkChanged();
    this.showConnection();
    this.visitor.settle();
    this.outbox.pump();
  }

  /** Another tab has written to the storage; null: everything was removed. */
  storageChanged(key: string | null): void {
    const change = changeOf(key);
    if (key !== null && change?.owner !== this.visitor.owner) return;
    this.visitor.sessions.refresh();
    const kept = load(this.options.store, this.visitor.owner);
    if (kept.conversation) this.dispatch({ type: "merge", state: kept.conversation });
    else if (change?.what !== "session") this.visitor.forgotten();
    if (this.isWanted) this.socket.start();
  }

  /** Sign-out: nothing of anyone stays in this browser. */
  reset(): void {
    this.visitor.reset();
  }

  /** Whether there is something to hear or to say. */
  private get isWanted(): boolean {
    return this.visitor.sessions.session !== null || pending(this.view.conversation).length > 0;
  }

  /** The stored conversation of who is here, or an empty one. */
  private takeUp(): void {
    const kept = load(this.options.store, this.visitor.owner);
    this.usedId = this.visitor.sessions.lastId;
    this.update({ unread: kept.unread, conversation: reduce(EMPTY, { type: "restore", state: kept.conversation ?? EMPTY }) });
    if (this.isWanted) this.socket.start();
  }

  private leave(): void {
    this.socket.stop();
    this.outbox.interrupted();
    this.fallback.leave();
    this.typing.stop();
    this.reads.restart();
  }

  private wake(): void {
    this.socket.start();
    this.socket.retryNow();
    this.outbox.pump();
  }

  private onOpen(): void {
    this.outbox.interrupted();
    this.visitor.settle();
    this.resume();
    this.outbox.pump();
    if (this.attending) this.reads.seen(this.view.conversation);
  }

  private onSocketState(state: SocketState, failures: number): void {
    if (this.socketState === "open" && state !== "open") {
      this.outbox.interrupted();
      this.dispatch({ type: "disconnected" });
    }
    this.socketState = state;
    this.failures = failures;
    this.showConnection();
    this.fallback.poll(this.view.connection === "limited");
    if (roadOf(this.network) === "http") this.outbox.pump();
  }

  private onFrame(frame: ServerFrame): void {
    const before = this.view.conversation;
    this.receive(frame);
    if (frame.type === "ack") this.outbox.taken(frame.client_msg_id);
    if (frame.type === "error") this.onError(frame);
    if (frame.type === "typing") this.typing.heard(frame.who);
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
    if (fresh && this.attending) this.reads.seen(this.view.conversation);
    if (frame.message.client_msg_id) this.outbox.taken(frame.message.client_msg_id);
  }

  /** What came over HTTP is taken like the frames of a socket. */
  private show({ messages, status }: Told): void {
    for (const message of messages) this.receive({ type: "message", message });
    if (status) this.receive(status);
  }

  private resume(): void {
    const { ticketId } = this.view.conversation;
    const last_seq = cursor(this.view.conversation, ticketId);
    if (this.socket.send({ type: "resume", ticket_id: ticketId, last_seq })) this.dispatch({ type: "resuming" });
  }

  private async ensureSession(): Promise<Session> {
    const session = await this.visitor.session();
    if (this.usedId !== null && this.usedId !== session.session_id) this.dispatch({ type: "restart" });
    this.usedId = session.session_id;
    return session;
  }

  /** The desk does not know the session any more: the next attempt opens another. */
  private renewSession(): void {
    if (this.usedId !== null) this.visitor.sessions.drop(this.usedId);
  }

  private get network(): Network {
    return { socket: this.socketState, failures: this.failures, online: this.options.isOnline() };
  }

  private showConnection(): void {
    this.update({ connection: connectionOf(this.network, this.visitor.sessions.session !== null) });
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
    save(this.options.store, this.visitor.owner, this.view);
  }

  private update(change: Partial<ChatView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
