/**
 * What a person has written and the desk has not taken yet. A reply rests a moment, in which it can be taken back, then
 * goes out once: every attempt bears the same key. Of one ticket they go in the order in which they were written.
 */
import type { NewMessage, OfferedMacro } from "@frontdesk/api";
import { type Backoff, fullJitter } from "@frontdesk/socket";

export type After = "nothing" | "resolve" | "hand_back";

/** The macro that a text comes from, as far as it does something. */
export type Macro = Pick<OfferedMacro, "macro_id" | "name" | "actions">;

export interface Outgoing {
  /** Under which all attempts are one. */
  key: string;
  ticketId: string;
  kind: NonNullable<NewMessage["kind"]>;
  content: string;
  /** What is done with the ticket once it is said. */
  after: After;
  /** What a macro does besides, once it is said. */
  macro?: Macro | null;
  state: "held" | "sending" | "failed";
  /** The code of the failure. */
  error: string | null;
  writtenAt: number;
  /** Until then it is held, or the network is given time. */
  leavesAt: number;
  attempts: number;
}

export type Written = Pick<Outgoing, "ticketId" | "kind" | "content" | "after" | "macro">;

export interface OutgoingPorts {
  /** Says it, and does what is to be done after; one that was said before is said no second time. Raises the failure's code. */
  deliver: (outgoing: Outgoing, leaving: boolean) => Promise<void>;
  newKey: () => string;
  now: () => number;
  random?: () => number;
  storage: Pick<Storage, "getItem" | "setItem">;
}

export const HOLD_MS = 10_000;
/** What was left behind longer ago is not sent by itself any more. */
const STALE_MS = 3_600_000;
const NETWORK: Backoff = { baseMs: 1_000, capMs: 30_000 };
const STORE_KEY = "fd.outgoing";
const NONE: readonly Outgoing[] = [];

export class DeliveryFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export class OutgoingStore {
  private all: readonly Outgoing[] = [];
  private byTicket = new Map<string, readonly Outgoing[]>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: OutgoingPorts) {}

  of(ticketId: string): readonly Outgoing[] {
    return this.byTicket.get(ticketId) ?? NONE;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A note is for colleagues: it need not rest. */
  add(written: Written): void {
    const now = this.ports.now();
    const leavesAt = written.kind === "note" ? now : now + HOLD_MS;
    const outgoing: Outgoing = { ...written, key: this.ports.newKey(), state: "held", error: null, writtenAt: now, leavesAt, attempts: 0 };
    this.change([...this.all, outgoing]);
    this.pump();
  }

  /** Null where it is on its way already. */
  takeBack(key: string): Outgoing | null {
    const found = this.all.find((outgoing) => outgoing.key === key);
    if (!found || found.state === "sending") return null;
    this.change(this.all.filter((outgoing) => outgoing !== found));
    this.pump();
    return found;
  }

  /** Without waiting any longer; also what has failed. */
  sendNow(key: string): void {
    this.set(key, (outgoing) => (outgoing.state === "sending" ? outgoing : due(outgoing, this.ports.now())));
    this.pump();
  }

  /** The network is back. */
  retryUnreached(): void {
    const now = this.ports.now();
    this.change(this.all.map((outgoing) => (outgoing.error === "network" ? due(outgoing, now) : outgoing)));
    this.pump();
  }

  /** What the page before left: it was sent when that was left, and may have arrived or not. */
  resume(): void {
    const now = this.ports.now();
    const left = read(this.ports.storage.getItem(STORE_KEY));
    this.change(left.map((outgoing) => (now - outgoing.writtenAt > STALE_MS ? failed(outgoing, "left") : due(outgoing, now))));
    this.pump();
  }

  /** Somebody else works here now: what is still to be said is not theirs to say. */
  clear(): void {
    this.change([]);
    this.pump();
  }

  /** The page is being left: nothing can be taken back any more. */
  leave(): void {
    for (const outgoing of this.all) {
      if (outgoing.state === "held") void this.ports.deliver(outgoing, true).catch(() => undefined);
    }
  }

  /** Sends the first of each ticket where its time has come, and looks again when the next one's comes. */
  private pump(): void {
    clearTimeout(this.timer);
    const now = this.ports.now();
    const firsts = [...this.byTicket.values()].flatMap(([first]) => (first && leavesByItself(first) ? [first] : []));
    for (const outgoing of firsts.filter(({ leavesAt }) => leavesAt <= now)) void this.send(outgoing);
    const next = Math.min(...firsts.map(({ leavesAt }) => leavesAt).filter((leavesAt) => leavesAt > now));
    if (Number.isFinite(next)) this.timer = setTimeout(() => this.pump(), next - now);
  }

  private async send(outgoing: Outgoing): Promise<void> {
    this.set(outgoing.key, (one) => ({ ...one, state: "sending", error: null, attempts: one.attempts + 1 }));
    try {
      await this.ports.deliver(outgoing, false);
      this.change(this.all.filter(({ key }) => key !== outgoing.key));
    } catch (error) {
      const code = error instanceof DeliveryFailure ? error.code : "internal_error";
      const leavesAt = this.ports.now() + fullJitter(outgoing.attempts, NETWORK, this.ports.random);
      this.set(outgoing.key, (one) => ({ ...failed(one, code), leavesAt }));
    }
    this.pump();
  }

  private set(key: string, change: (outgoing: Outgoing) => Outgoing): void {
    this.change(this.all.map((outgoing) => (outgoing.key === key ? change(outgoing) : outgoing)));
  }

  private change(all: readonly Outgoing[]): void {
    this.all = all;
    this.byTicket = new Map(all.map(({ ticketId }) => [ticketId, all.filter((other) => other.ticketId === ticketId)]));
    try {
      this.ports.storage.setItem(STORE_KEY, JSON.stringify(all));
    } catch {
      // Storage is forbidden or full: what is written lasts as long as the page.
    }
    for (const listener of this.listeners) listener();
  }
}

/** What no network took is tried again; what the desk refused waits for a person's word. */
function leavesByItself({ state, error }: Outgoing): boolean {
  return state === "held" || error === "network";
}

function due(outgoing: Outgoing, now: number): Outgoing {
  return { ...outgoing, state: "held", error: null, leavesAt: now };
}

function failed(outgoing: Outgoing, error: string): Outgoing {
  return { ...outgoing, state: "failed", error };
}

function read(stored: string | null): Outgoing[] {
  try {
    const value: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(value) ? (value as Outgoing[]).filter((one) => typeof one?.key === "string" && typeof one.content === "string") : [];
  } catch {
    return [];
  }
}
