/** What the widget knows of a conversation: plain data, changed only by `reduce`. */
import type { Expected, NextMove, SenderType, Source } from "../protocol";

export type Delivery = "pending" | "sent" | "failed";

export interface Item {
  /** Stable for the life of the item: the client's own id where it has one, else the server's. */
  readonly key: string;
  readonly messageId: string | null;
  readonly clientMsgId: string | null;
  /** Null until the server has named the ticket that an acknowledged message opened. */
  readonly ticketId: string | null;
  /** Null until acknowledged. Grows per ticket; staff notes leave holes that never fill. */
  readonly seq: number | null;
  readonly sender: SenderType;
  readonly name: string | null;
  readonly text: string;
  readonly at: string;
  readonly delivery: Delivery;
  readonly failure: string | null;
  readonly sources: readonly Source[];
  /** Absent in what an earlier version of this page has kept. */
  readonly choices?: readonly string[];
  /** Asked of the assistant, although a person has the conversation. */
  readonly toAssistant?: boolean;
  /** Place in the local queue, for what the server has not numbered yet. */
  readonly queued: number;
  /** For a failed one: the entry after which it stands, so that later answers do not push it along. */
  readonly after: string | null;
}

export interface Draft {
  readonly messageId: string;
  readonly chunks: Readonly<Record<number, string>>;
  readonly sources: readonly Source[];
}

export interface Conversation {
  readonly items: readonly Item[];
  readonly drafts: readonly Draft[];
  /** Streamed messages that ended, completed or retracted: their late chunks mean nothing. */
  readonly ended: readonly string[];
  readonly ticketId: string | null;
  readonly ticketNumber: string | null;
  readonly status: string | null;
  readonly escalated: boolean;
  readonly next: NextMove;
  readonly expected: Expected | null;
  readonly aiTyping: boolean;
  readonly personTyping: boolean;
  /** Up to which seq a ticket's messages are complete although older ones are no longer kept here. */
  readonly floors: Readonly<Record<string, number>>;
  /** True between asking for a replay and the status that ends it. */
  readonly resuming: boolean;
  /** Counts discovered gaps; a change asks the client to resume. */
  readonly gaps: number;
  readonly queueLength: number;
}

export const EMPTY: Conversation = {
  items: [],
  drafts: [],
  ended: [],
  ticketId: null,
  ticketNumber: null,
  status: null,
  escalated: false,
  next: "nobody",
  expected: null,
  aiTyping: false,
  personTyping: false,
  floors: {},
  resuming: false,
  gaps: 0,
  queueLength: 0,
};

/** Messages with a number, in the order of their tickets' beginnings and of their numbers. */
export function numbered(items: readonly Item[]): Item[] {
  const begun = new Map<string | null, string>();
  for (const item of items) {
    if (item.messageId === null) continue;
    const first = begun.get(item.ticketId);
    if (first === undefined || item.at < first) begun.set(item.ticketId, item.at);
  }
  const start = (item: Item) => begun.get(item.ticketId) ?? "9999";
  const place = (a: Item, b: Item) => {
    if (a.ticketId !== b.ticketId && start(a) !== start(b)) return start(a) < start(b) ? -1 : 1;
    return (a.seq ?? 0) - (b.seq ?? 0) || a.queued - b.queued;
  };
  return items.filter((item) => item.seq !== null).sort(place);
}

/** Highest seq seen in a ticket. */
export function highest(state: Conversation, ticketId: string): number {
  const floor = state.floors[ticketId] ?? 0;
  return state.items.reduce((top, item) => (item.ticketId === ticketId ? Math.max(top, item.seq ?? 0) : top), floor);
}

/** Everything up to and including this seq is known: the point from which a replay loses nothing. */
export function cursor(state: Conversation, ticketId: string | null): number {
  if (ticketId === null) return 0;
  const known = new Set(state.items.filter((item) => item.ticketId === ticketId).map((item) => item.seq));
  let seq = state.floors[ticketId] ?? 0;
  while (known.has(seq + 1)) seq += 1;
  return seq;
}

export function pending(state: Conversation): readonly Item[] {
  return state.items.filter((item) => item.delivery === "pending").sort((a, b) => a.queued - b.queued);
}
