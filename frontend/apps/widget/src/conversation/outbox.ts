/** Sends what waits, oldest first, one at a time: the next leaves when the one before it was taken. */
import { fullJitter, RECONNECT } from "@frontdesk/socket";
import { ApiError } from "../api";
import type { MessageFrame } from "../protocol";
import type { Item } from "./state";

export function messageOf({ key, text, toAssistant }: Item): MessageFrame {
  return { type: "message", client_msg_id: key, content: text, ...(toAssistant ? { to: "assistant" } : {}) };
}

export type Road = "live" | "http" | "none";

export interface OutboxPorts {
  next: () => Item | undefined;
  road: () => Road;
  sendLive: (item: Item) => boolean;
  /** Resolves once the server has taken the message and answered it. */
  sendHttp: (item: Item) => Promise<void>;
  fail: (clientMsgId: string, reason: string) => void;
  /** No acknowledgement came: the connection is only seemingly alive. */
  stale: () => void;
  random?: () => number;
}

export const ACK_TIMEOUT_MS = 10_000;
export const MAX_ATTEMPTS = 5;

export class Outbox {
  private inFlight: string | null = null;
  private attempts = new Map<string, number>();
  private ackTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: OutboxPorts) {}

  get current(): string | null {
    return this.inFlight;
  }

  pump(): void {
    if (this.inFlight !== null) return;
    const item = this.ports.next();
    const road = this.ports.road();
    if (!item?.clientMsgId || road === "none") return;
    this.inFlight = item.clientMsgId;
    if (road === "http") void this.overHttp(item, item.clientMsgId);
    else if (this.ports.sendLive(item)) this.ackTimer = setTimeout(() => this.unanswered(), ACK_TIMEOUT_MS);
    else this.inFlight = null;
  }

  /** The server has the message. */
  taken(clientMsgId: string): void {
    this.attempts.delete(clientMsgId);
    if (this.inFlight === clientMsgId) this.release();
    this.pump();
  }

  /** The server refused the message; for now, or for good. */
  refused(clientMsgId: string | null, reason: string, retryable: boolean): void {
    if (clientMsgId === null) return;
    if (this.inFlight === clientMsgId) clearTimeout(this.ackTimer);
    const attempt = (this.attempts.get(clientMsgId) ?? 0) + 1;
    this.attempts.set(clientMsgId, attempt);
    if (retryable && attempt < MAX_ATTEMPTS) {
      this.later(() => this.again(clientMsgId), attempt);
      return;
    }
    this.attempts.delete(clientMsgId);
    this.ports.fail(clientMsgId, reason);
    if (this.inFlight === clientMsgId) this.release();
    this.pump();
  }

  /** The connection went: what was under way is sent again, under the same id, on the next one. */
  interrupted(): void {
    this.release();
  }

  private again(clientMsgId: string): void {
    if (this.inFlight === clientMsgId) this.release();
    this.pump();
  }

  private async overHttp(item: Item, clientMsgId: string): Promise<void> {
    try {
      await this.ports.sendHttp(item);
      this.taken(clientMsgId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.refused(clientMsgId, error.message, error.retryable || error.denied);
    }
  }

  private unanswered(): void {
    this.release();
    this.ports.stale();
  }

  private later(action: () => void, attempt: number): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(action, 500 + fullJitter(attempt, RECONNECT, this.ports.random));
  }

  private release(): void {
    clearTimeout(this.ackTimer);
    clearTimeout(this.retryTimer);
    this.inFlight = null;
  }
}
