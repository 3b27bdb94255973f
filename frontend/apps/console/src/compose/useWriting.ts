import type { MacroVariable, Ticket, TicketReach } from "@frontdesk/api";
import { ACTS, useAct } from "../data/acts";
import type { After } from "../data/outgoing";
import { outgoing } from "../data/sender";
import { useBegun, type Begun } from "./begun";
import { useLimit } from "./FieldNote";
import { gapsOf } from "./gaps";
import { useReach } from "./useReach";

export interface Writing {
  begun: Begun;
  change: (parts: Partial<Begun>) => void;
  isNote: boolean;
  /** What stands in the field. */
  text: string;
  write: (text: string) => void;
  /** How many characters may; null: as many as there are. */
  limit: number | null;
  /** Whether the customer can be written to; undefined where nothing hinders it. */
  reach: TicketReach | undefined;
  /** Gaps of a macro that somebody has to fill. */
  missing: MacroVariable[];
  ready: boolean;
  send: (after: After) => void;
}

/** What is being written for a ticket, and its sending. */
export function useWriting(ticket: Ticket): Writing {
  const [begun, change] = useBegun(ticket.ticket_id);
  const takeOver = useAct(ticket);
  const isNote = begun.kind === "note";
  const limit = useLimit(ticket, isNote);
  const reach = useReach(ticket);
  const text = isNote ? begun.note : begun.text;
  const inTime = isNote || (reach?.open ?? true);
  const missing = isNote ? [] : gapsOf(text);
  const ready = inTime && missing.length === 0 && text.trim() !== "" && (limit === null || text.length <= limit);

  const send = (after: After) => {
    if (!ready) return;
    // From here on it is theirs: the AI does not answer while the reply rests.
    if (!isNote && ticket.owner !== "person") takeOver.mutate(ACTS.take_over);
    outgoing.add({ ticketId: ticket.ticket_id, kind: begun.kind, content: text.trim(), after: isNote ? "nothing" : after, macro: isNote ? null : begun.macro });
    change(isNote ? { note: "", kind: "text" } : { text: "", touched: true, macro: null });
  };
  const write = (next: string) => change(isNote ? { note: next } : { text: next, touched: true, ...(next === "" ? { macro: null } : {}) });
  return { begun, change, isNote, text, write, limit, reach, missing, ready, send };
}
