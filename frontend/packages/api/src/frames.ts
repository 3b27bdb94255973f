/** The frames of the console socket, `GET /api/v1/live`. */
import type { Message, Ticket, TimelineEvent } from "./types";

export type ServerFrame =
  | { type: "hello"; cursor: number }
  | { type: "ticket"; cursor: number; ticket: Ticket }
  | { type: "message"; cursor: number; message: Message }
  | { type: "event"; cursor: number; event: TimelineEvent }
  | { type: "text"; ticket_id: string; message_id: string; n: number; content: string }
  | { type: "retract"; ticket_id: string; message_id: string }
  | { type: "resync" }
  | { type: "pong" };

export type ClientFrame =
  | { type: "watch"; ticket_id: string | null }
  | { type: "resume"; cursor: number }
  | { type: "ping" };

const SERVER_TYPES = new Set<string>(["hello", "ticket", "message", "event", "text", "retract", "resync", "pong"]);

/** A frame of a kind this version does not know, or broken JSON, is null: newer servers must not break older pages. */
export function parseFrame(raw: unknown): ServerFrame | null {
  if (typeof raw !== "string") return null;
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value !== "object" || value === null || !("type" in value)) return null;
    const type = (value as { type: unknown }).type;
    return typeof type === "string" && SERVER_TYPES.has(type) ? (value as ServerFrame) : null;
  } catch {
    return null;
  }
}
