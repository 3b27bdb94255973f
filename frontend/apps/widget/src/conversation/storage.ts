/** What outlives a page: one record of the conversation and one of the session for each owner, in the iframe's own storage. */
import type { Session, SessionWish } from "../api";
import type { Owner } from "./owner";
import { cursor, type Conversation } from "./state";

const CHAT = "frontdesk:chat:";
const SESSION = "frontdesk:session:";
const KEEP = 200;

export interface Kept {
  conversation: Conversation | null;
  unread: number;
}

/** A wish for a session, under the key that makes its repetitions one; kept before it leaves. */
export interface Attempt {
  key: string;
  wish: SessionWish;
}

export interface KeptSession {
  session: Session | null;
  attempt: Attempt | null;
  /** The identity hash by which the desk believed who this is. */
  proof: string | null;
}

const NO_SESSION: KeptSession = { session: null, attempt: null, proof: null };

export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

/** What another tab changed: whose conversation, or whose session; null where it is neither. */
export function changeOf(key: string | null): { what: "chat" | "session"; owner: Owner } | null {
  if (key?.startsWith(CHAT)) return { what: "chat", owner: key.slice(CHAT.length) };
  if (key?.startsWith(SESSION)) return { what: "session", owner: key.slice(SESSION.length) };
  return null;
}

export function load(store: KeyValue, owner: Owner): Kept {
  const kept = read<Kept>(store, CHAT + owner);
  return { conversation: kept?.conversation ?? null, unread: kept?.unread ?? 0 };
}

/** Full or forbidden storage costs the history after a reload, never the conversation at hand. */
export function save(store: KeyValue, owner: Owner, { conversation, unread }: Kept): void {
  write(store, CHAT + owner, { conversation: conversation && trimmed(conversation), unread });
}

export function loadSession(store: KeyValue, owner: Owner): KeptSession {
  return { ...NO_SESSION, ...read<KeptSession>(store, SESSION + owner) };
}

export function saveSession(store: KeyValue, owner: Owner, kept: KeptSession): void {
  write(store, SESSION + owner, kept);
}

/** Forgets one owner; where none is named, everyone. */
export function forget(store: KeyValue, owner?: Owner): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const key of keys) {
    const change = changeOf(key);
    if (key !== null && change !== null && (owner === undefined || change.owner === owner)) store.removeItem(key);
  }
}

/** The records go on under another name. */
export function rename(store: KeyValue, before: Owner, after: Owner): void {
  const [kept, session] = [load(store, before), loadSession(store, before)];
  save(store, after, kept);
  saveSession(store, after, session);
  forget(store, before);
}

function read<T>(store: KeyValue, key: string): Partial<T> | null {
  try {
    return JSON.parse(store.getItem(key) ?? "null") as Partial<T> | null;
  } catch {
    return null;
  }
}

function write(store: KeyValue, key: string, value: unknown): void {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
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

/** Storage where the browser lets us write; else memory, for as long as the page lives. */
export function browserStore(): KeyValue {
  try {
    window.localStorage.setItem(`${CHAT}?`, "");
    window.localStorage.removeItem(`${CHAT}?`);
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
