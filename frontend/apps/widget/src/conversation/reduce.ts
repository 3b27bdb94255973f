/**
 * The one place where a conversation changes. Frames may come twice, late, or again after a resume:
 * the list they lead to is the same (reduce.test.ts).
 */
import type { Message, ServerFrame, Source, StatusFrame } from "../protocol";
import { type Conversation, type Draft, EMPTY, type Item, highest, numbered, pending } from "./state";

export type Action =
  | { type: "frame"; frame: ServerFrame }
  | { type: "queue"; clientMsgId: string; text: string; at: string; toAssistant?: boolean }
  | { type: "fail"; clientMsgId: string; reason: string }
  | { type: "retry"; clientMsgId: string }
  | { type: "resuming" }
  | { type: "disconnected" }
  | { type: "quiet" }
  | { type: "restart" }
  | { type: "restore"; state: Conversation }
  /** What another tab has kept of the same conversation. */
  | { type: "merge"; state: Conversation };

export function reduce(state: Conversation, action: Action): Conversation {
  switch (action.type) {
    case "frame":
      return applyFrame(state, action.frame);
    case "queue":
      return queue(state, action);
    case "fail":
      return fail(state, action.clientMsgId, action.reason);
    case "retry":
      return requeue(state, action.clientMsgId);
    case "resuming":
      return { ...state, resuming: true };
    case "disconnected":
      // Whether an unfinished draft was retracted meanwhile cannot be known: the replay tells.
      return { ...state, drafts: [], aiTyping: false, personTyping: false, resuming: false };
    case "quiet":
      return state.aiTyping || state.personTyping ? { ...state, aiTyping: false, personTyping: false } : state;
    case "restart":
      return { ...state, ticketId: null, floors: {}, drafts: [], status: null, escalated: false, next: "nobody", expected: null };
    case "restore":
      return { ...EMPTY, ...action.state, drafts: [], resuming: false };
    case "merge":
      return merge(state, action.state);
  }
}

function applyFrame(state: Conversation, frame: ServerFrame): Conversation {
  switch (frame.type) {
    case "ack":
      return applyAck(state, frame.client_msg_id, frame.seq);
    case "text":
      return patchDraft(state, frame.message_id, (draft) => ({
        ...draft,
        chunks: { ...draft.chunks, [frame.n]: draft.chunks[frame.n] ?? frame.content },
      }));
    case "sources":
      return applySources(state, frame.message_id, frame.sources);
    case "complete":
    case "message":
      return applyMessage(state, frame.message);
    case "retract":
      return end(state, frame.message_id);
    case "typing":
      return frame.who === "person" ? { ...state, personTyping: frame.on } : { ...state, aiTyping: frame.on };
    case "status":
      return applyStatus(state, frame);
    case "error":
    case "pong":
      return state;
  }
}

function queue(state: Conversation, action: Extract<Action, { type: "queue" }>): Conversation {
  const { clientMsgId, text, at, toAssistant = false } = action;
  if (state.items.some((item) => item.clientMsgId === clientMsgId)) return state;
  const item: Item = {
    key: clientMsgId,
    messageId: null,
    clientMsgId,
    ticketId: null,
    seq: null,
    sender: "customer",
    name: null,
    text,
    at,
    delivery: "pending",
    failure: null,
    sources: [],
    toAssistant,
    queued: state.queueLength,
    after: null,
  };
  return { ...state, items: [...state.items, item], queueLength: state.queueLength + 1 };
}

/** Only what waits there to be sent is news: the rest comes from the server to every tab. */
function merge(state: Conversation, other: Conversation): Conversation {
  const known = new Set(state.items.map((item) => item.key));
  const fresh = pending(other).filter((item) => !known.has(item.key));
  if (fresh.length === 0) return state;
  const queued = fresh.map((item, index) => ({ ...item, queued: state.queueLength + index }));
  return { ...state, items: [...state.items, ...queued], queueLength: state.queueLength + fresh.length };
}

function fail(state: Conversation, clientMsgId: string, reason: string): Conversation {
  const after = numbered(state.items).at(-1)?.key ?? null;
  return patchOwn(state, clientMsgId, { delivery: "failed", failure: reason, after });
}

function requeue(state: Conversation, clientMsgId: string): Conversation {
  const next = patchOwn(state, clientMsgId, { delivery: "pending", failure: null, queued: state.queueLength });
  return { ...next, queueLength: state.queueLength + 1 };
}

/** Changes a message of one's own that the server has not taken yet; a taken one stays as it is. */
function patchOwn(state: Conversation, clientMsgId: string, change: Partial<Item>): Conversation {
  const items = state.items.map((item) =>
    item.clientMsgId === clientMsgId && item.delivery !== "sent" ? { ...item, ...change } : item,
  );
  return { ...state, items };
}

function applyAck(state: Conversation, clientMsgId: string, seq: number): Conversation {
  const item = state.items.find((known) => known.clientMsgId === clientMsgId);
  if (!item || item.seq !== null) return state;
  // The ack does not name the ticket. A number that is taken means that a new one has been opened.
  const ticketId = isTaken(state, seq) ? null : state.ticketId;
  const next = noteGap(state, ticketId, seq);
  return patchOwn(next, clientMsgId, { delivery: "sent", failure: null, seq, ticketId });
}

function isTaken(state: Conversation, seq: number): boolean {
  if (state.ticketId === null) return false;
  const forgotten = seq <= (state.floors[state.ticketId] ?? 0);
  return forgotten || state.items.some((known) => known.ticketId === state.ticketId && known.seq === seq);
}

function applyMessage(state: Conversation, message: Message): Conversation {
  if (message.kind === "note") return state;
  const draft = state.drafts.find((known) => known.messageId === message.message_id);
  const next = end(seeTicket(state, message.ticket_id), message.message_id);
  if (next.items.some((item) => item.messageId === message.message_id)) return next;
  const own = ownItem(next, message);
  const item = toItem(message, own, message.ai?.sources ?? message.sources ?? draft?.sources ?? []);
  const items = own ? next.items.map((known) => (known === own ? item : known)) : [...next.items, item];
  const quiet = message.sender_type === "customer" ? {} : { aiTyping: false, personTyping: false };
  return { ...noteGap(next, message.ticket_id, message.seq), ...quiet, items };
}

/** The local copy of a message that the server now shows in full. */
function ownItem(state: Conversation, message: Message): Item | undefined {
  if (message.sender_type !== "customer") return undefined;
  const byId = state.items.find((item) => item.clientMsgId !== null && item.clientMsgId === message.client_msg_id);
  return byId ?? state.items.find((item) => acknowledgedAs(item, message));
}

function acknowledgedAs(item: Item, message: Message): boolean {
  return (
    item.messageId === null &&
    item.sender === "customer" &&
    item.seq === message.seq &&
    item.ticketId === message.ticket_id
  );
}

function toItem(message: Message, own: Item | undefined, sources: readonly Source[]): Item {
  return {
    key: own?.key ?? message.client_msg_id ?? message.message_id,
    messageId: message.message_id,
    clientMsgId: own?.clientMsgId ?? message.client_msg_id ?? null,
    ticketId: message.ticket_id,
    seq: message.seq,
    sender: message.sender_type,
    name: message.sender_name ?? null,
    text: message.content,
    at: message.created_at,
    delivery: "sent",
    failure: null,
    sources,
    choices: message.choices ?? [],
    queued: own?.queued ?? 0,
    after: null,
  };
}

function applySources(state: Conversation, messageId: string, sources: Source[]): Conversation {
  const finished = state.items.find((item) => item.messageId === messageId);
  if (!finished) return patchDraft(state, messageId, (draft) => ({ ...draft, sources }));
  if (finished.sources.length > 0) return state;
  return { ...state, items: state.items.map((item) => (item === finished ? { ...item, sources } : item)) };
}

function applyStatus(state: Conversation, frame: StatusFrame): Conversation {
  const next = frame.ticket_id ? seeTicket(state, frame.ticket_id) : state;
  // A ticket that was opened elsewhere: nothing of it is known here, so its messages are asked for.
  const elsewhere =
    frame.ticket_id !== null && frame.ticket_id !== state.ticketId && highest(next, frame.ticket_id) === 0;
  return {
    ...next,
    gaps: elsewhere ? state.gaps + 1 : state.gaps,
    ticketId: frame.ticket_id ?? next.ticketId,
    ticketNumber: frame.ticket_number ?? next.ticketNumber,
    status: frame.status,
    escalated: frame.escalated,
    next: frame.next ?? (frame.escalated ? "person" : "nobody"),
    expected: frame.person ?? null,
    resuming: false,
  };
}

function patchDraft(state: Conversation, messageId: string, change: (draft: Draft) => Draft): Conversation {
  if (state.ended.includes(messageId)) return state;
  const known = state.drafts.find((draft) => draft.messageId === messageId);
  const draft = change(known ?? { messageId, chunks: {}, sources: [] });
  const others = state.drafts.filter((other) => other !== known);
  return { ...state, drafts: [...others, draft] };
}

/** Closes a stream: its draft goes, and chunks that still come are not shown. */
function end(state: Conversation, messageId: string): Conversation {
  if (state.ended.includes(messageId)) return state;
  const drafts = state.drafts.filter((draft) => draft.messageId !== messageId);
  return { ...state, drafts, ended: [...state.ended.slice(-499), messageId] };
}

/** A ticket named for the first time is the current one, and owns what was acknowledged before its name came. */
function seeTicket(state: Conversation, ticketId: string): Conversation {
  if (ticketId === state.ticketId) return adopt(state, ticketId);
  const known = state.items.some((item) => item.ticketId === ticketId);
  return known ? state : adopt({ ...state, ticketId }, ticketId);
}

function adopt(state: Conversation, ticketId: string): Conversation {
  const homeless = (item: Item) => item.ticketId === null && item.seq !== null;
  if (!state.items.some(homeless)) return state;
  return { ...state, items: state.items.map((item) => (homeless(item) ? { ...item, ticketId } : item)) };
}

function noteGap(state: Conversation, ticketId: string | null, seq: number): Conversation {
  if (ticketId === null || state.resuming || seq <= highest(state, ticketId) + 1) return state;
  return { ...state, gaps: state.gaps + 1 };
}
