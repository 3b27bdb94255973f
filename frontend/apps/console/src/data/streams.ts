/** Answers that are being written: chunks of text that are not messages yet. Nothing here outlives the page. */
import { useSyncExternalStore } from "react";

export interface Stream {
  messageId: string;
  text: string;
  next: number;
  /** Chunks were missed (the page opened in mid-sentence): the text is a part of the answer. */
  partial: boolean;
}

type Listener = () => void;

export class StreamStore {
  private readonly byTicket = new Map<string, Stream>();
  private readonly listeners = new Set<Listener>();

  get(ticketId: string): Stream | undefined {
    return this.byTicket.get(ticketId);
  }

  append(ticketId: string, messageId: string, n: number, content: string): void {
    const known = this.byTicket.get(ticketId);
    if (known?.messageId !== messageId) {
      this.byTicket.set(ticketId, { messageId, text: content, next: n + 1, partial: n > 0 });
    } else if (n >= known.next) {
      const partial = known.partial || n > known.next;
      this.byTicket.set(ticketId, { messageId, text: known.text + content, next: n + 1, partial });
    } else {
      return;
    }
    this.changed();
  }

  /** The finished message took its place, or a check stopped it. */
  end(ticketId: string, messageId?: string): void {
    const known = this.byTicket.get(ticketId);
    if (!known || (messageId !== undefined && known.messageId !== messageId)) return;
    this.byTicket.delete(ticketId);
    this.changed();
  }

  clear(): void {
    this.byTicket.clear();
    this.changed();
  }

  subscribe = (listener: Listener): Listener => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

export const streams = new StreamStore();

export function useStream(ticketId: string): Stream | undefined {
  return useSyncExternalStore(streams.subscribe, () => streams.get(ticketId));
}
