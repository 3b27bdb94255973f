/** What outlives a page: the session and the conversation, one record per identity, in the iframe's own storage. */
import type { Identity, Session } from "../api";
import { cursor, type Conversation } from "./state";

const PREFIX = "frontdesk:chat:";
const KEEP = 200;

export interface Kept {
  session: Session | null;
  conversation: Conversation | null;
  unread: number;
}

export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

/** The hash is part of the key: a page that only states a customer id never meets that customer's session. */
export function keyOf(identity: Identity | null): string {
  if (!identity || Object.keys(identity).length === 0) return `${PREFIX}guest`;
  const who = identity.customer_id ?? identity.email ?? identity.phone ?? identity.name ?? "";
  return `${PREFIX}${who}:${identity.identity_hash ?? "claimed"}`;
}

export function load(store: KeyValue, identity: Identity | null): Kept {
  try {
    const kept = JSON.parse(store.getItem(keyOf(identity)) ?? "null") as Partial<Kept> | null;
    return { session: kept?.session ?? null, conversation: kept?.conversation ?? null, unread: kept?.unread ?? 0 };
  } catch {
    return { session: null, conversation: null, unread: 0 };
  }
}

/** Full or forbidden storage costs the history after a reload, never the conversation at hand. */
export function save(store: KeyValue, identity: Identity | null, kept: Kept): void {
  const conversation = kept.conversation && trimmed(kept.conversation);
  try {
    store.setItem(keyOf(identity), JSON.stringify({ ...kept, conversation }));
  } catch {
    return;
  }
}

export function forgetAll(store: KeyValue): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const key of keys) if (key?.startsWith(PREFIX)) store.removeItem(key);
}

/** Keeps the newest messages; floors remember up to where the dropped ones were complete. */
function trimmed(state: Conversation): Conversation {
  const base = { ...state, drafts: [], ended: [], aiTyping: false, personTyping: false, resuming: false };
  if (state.items.length <= KEEP) return base;
  const items = state.items.slice(-KEEP);
  const floors: Record<string, number> = { ...state.floors };
  for (const { ticketId } of state.items.slice(0, -KEEP)) {
    if (ticketId !== null) floors[ticketId] = cursor(state, ticketId);
  }
  return { ...base, items, floors };
}

/** Storage where there is one; memory where the browser forbids it. */
export function browserStore(): KeyValue {
  try {
    window.localStorage.getItem(PREFIX);
    return window.localStorage;
  } catch {
    return memoryStore();
  }
}

export function memoryStore(): KeyValue {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  };
}
