/**
 * An answer to a call may have been read before a change whose frame overtook it, and would undo the frame.
 * So what came lately is applied once more whenever an answer lands.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { Message, ServerFrame, Ticket } from "@frontdesk/api";
import { mergeMessage } from "./applyFrame";
import type { InboxFilter } from "./filter";
import { isNewer, mergeTicket, type TicketPages } from "./ticketList";

/** Longer than any call takes. */
const REMEMBER_MS = 30_000;

type Remembered = { at: number; ticket: Ticket } | { at: number; message: Message };

export class RecentFrames {
  private readonly frames = new Map<string, Remembered>();

  constructor(private readonly now: () => number = Date.now) {}

  remember(frame: ServerFrame): void {
    const at = this.now();
    if (frame.type === "ticket") this.put(`t:${frame.ticket.ticket_id}`, { at, ticket: frame.ticket });
    else if (frame.type === "message") this.put(`m:${frame.message.message_id}`, { at, message: frame.message });
    else if (frame.type === "resync") this.frames.clear();
  }

  /** Listens to the cache until the returned function is called. */
  guard(client: QueryClient): () => void {
    return client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "success" || event.action.manual) return;
      this.reapply(client, event.query.queryKey);
    });
  }

  private reapply(client: QueryClient, key: readonly unknown[]): void {
    for (const frame of this.lately()) {
      if ("message" in frame) {
        const { message } = frame;
        if (key[0] !== "messages" || key[1] !== message.ticket_id) continue;
        // Only what is missing: what is there may be newer than the frame.
        client.setQueryData<Message[]>(key, (known) =>
          known && !known.some((other) => other.message_id === message.message_id) ? mergeMessage(known, message).messages : known,
        );
      } else if (key[0] === "tickets") {
        client.setQueryData<TicketPages>(key, (known) => known && mergeTicket(known, frame.ticket, key[1] as InboxFilter));
      } else if (key[0] === "ticket" && (key[1] === frame.ticket.ticket_id || key[1] === frame.ticket.ticket_number)) {
        client.setQueryData<Ticket>(key, (known) => (known && isNewer(frame.ticket, known) ? frame.ticket : known));
      }
    }
  }

  private put(key: string, value: Remembered): void {
    // A map keeps the order of insertion: the oldest stay in front.
    this.frames.delete(key);
    this.frames.set(key, value);
  }

  private lately(): Remembered[] {
    const oldest = this.now() - REMEMBER_MS;
    for (const [key, frame] of this.frames) {
      if (frame.at >= oldest) break;
      this.frames.delete(key);
    }
    return [...this.frames.values()];
  }
}
