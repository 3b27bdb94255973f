/** What somebody has begun to write, for each ticket: it waits where they left it. */
import { useSyncExternalStore } from "react";
import type { Macro, Outgoing } from "../data/outgoing";

export type Kind = Outgoing["kind"];

export interface Begun {
  kind: Kind;
  text: string;
  note: string;
  /** Whether the reply was touched by hand: then no draft comes in its place by itself. */
  touched: boolean;
  /** What is done besides, once the reply is sent. */
  macro: Macro | null;
}

const EMPTY: Begun = { kind: "text", text: "", note: "", touched: false, macro: null };

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "fd.begun.";

const keyOf = (ticketId: string) => PREFIX + ticketId;

export class BegunStore {
  private readonly byTicket = new Map<string, Begun>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly store: () => Store) {}

  of(ticketId: string): Begun {
    const known = this.byTicket.get(ticketId) ?? this.load(ticketId);
    this.byTicket.set(ticketId, known);
    return known;
  }

  change(ticketId: string, parts: Partial<Begun>): void {
    const next = { ...this.of(ticketId), ...parts };
    this.byTicket.set(ticketId, next);
    this.save(ticketId, next);
    for (const listener of this.listeners) listener();
  }

  /** What was taken back goes before what has been begun since. */
  giveBack({ ticketId, kind, content, macro }: Pick<Outgoing, "ticketId" | "kind" | "content" | "macro">): void {
    const { text, note } = this.of(ticketId);
    const whole = (rest: string) => [content, rest].filter(Boolean).join("\n\n");
    this.change(ticketId, kind === "note" ? { kind, note: whole(note) } : { kind, text: whole(text), touched: true, macro: macro ?? null });
  }

  /** Somebody else works here now. */
  clear(): void {
    const store = this.store();
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
    this.byTicket.clear();
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private load(ticketId: string): Begun {
    try {
      const value = JSON.parse(this.store().getItem(keyOf(ticketId)) ?? "{}") as Partial<Begun>;
      const text = typeof value.text === "string" ? value.text : "";
      const note = typeof value.note === "string" ? value.note : "";
      return { kind: value.kind === "note" ? "note" : "text", text, note, touched: value.touched === true, macro: value.macro ?? null };
    } catch {
      return EMPTY;
    }
  }

  /** An untouched draft is the AI's, and is there again by itself. */
  private save(ticketId: string, begun: Begun): void {
    const worthKeeping = begun.note !== "" || (begun.touched && begun.text !== "");
    try {
      if (worthKeeping) this.store().setItem(keyOf(ticketId), JSON.stringify(begun));
      else this.store().removeItem(keyOf(ticketId));
    } catch {
      // Storage is forbidden or full: it lasts as long as the page.
    }
  }
}

/** For this tab alone: what somebody writes to a customer is not for whoever sits at the machine next. */
export const begunReplies = new BegunStore(() => sessionStorage);

export function useBegun(ticketId: string): [Begun, (parts: Partial<Begun>) => void] {
  const begun = useSyncExternalStore(begunReplies.subscribe, () => begunReplies.of(ticketId));
  return [begun, (parts) => begunReplies.change(ticketId, parts)];
}
