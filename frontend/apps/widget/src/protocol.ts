/** The wire: what the customer's socket and the HTTP calls beside it say. */

export type SenderType = "customer" | "ai" | "manager" | "system";

export interface Source {
  doc_id: string;
  title: string;
  heading?: string | null;
  quote: string;
  /** How well it matches the question, 0..1. */
  score?: number | null;
  url?: string | null;
}

export interface Message {
  message_id: string;
  ticket_id: string;
  seq: number;
  sender_type: SenderType;
  sender_name?: string | null;
  content: string;
  client_msg_id?: string | null;
  kind?: string | null;
  ai?: { sources?: Source[] | null } | null;
  sources?: Source[] | null;
  /** Replies that a question offers, each as the customer would write it. */
  choices?: string[] | null;
  created_at: string;
}

/** Who owes the next move. */
export type NextMove = "ai" | "person" | "customer" | "nobody";

/** When a person may be expected: within so many minutes, or from the moment at which people are at work. */
export interface Expected {
  minutes: number | null;
  opens_at: string | null;
}

export interface StatusFrame {
  type: "status";
  status: string;
  ticket_id: string | null;
  ticket_number: string | null;
  escalated: boolean;
  next?: NextMove;
  person?: Expected | null;
}

export type ServerFrame =
  | { type: "ack"; client_msg_id: string; seq: number }
  | { type: "text"; message_id: string; n: number; content: string }
  | { type: "sources"; message_id: string; sources: Source[] }
  | { type: "complete"; message: Message }
  | { type: "message"; message: Message }
  | { type: "retract"; message_id: string }
  | { type: "typing"; on: boolean; who: "ai" | "person" }
  | StatusFrame
  | { type: "error"; code: string; message: string; retryable: boolean; client_msg_id?: string }
  | { type: "pong" };

export interface MessageFrame {
  type: "message";
  client_msg_id: string;
  content: string;
  /** Asked of the assistant, although a person has the conversation. */
  to?: "assistant";
}

export type ClientFrame =
  | { type: "auth"; token: string }
  | MessageFrame
  | { type: "resume"; ticket_id: string | null; last_seq: number }
  | { type: "typing" }
  | { type: "read"; up_to_seq: number }
  | { type: "ping" };

/** The fields without which a frame of that type cannot be used. */
const REQUIRED: Record<ServerFrame["type"], readonly string[]> = {
  ack: ["client_msg_id", "seq"],
  text: ["message_id", "n", "content"],
  sources: ["message_id", "sources"],
  complete: ["message"],
  message: ["message"],
  retract: ["message_id"],
  typing: ["on"],
  status: ["status"],
  error: ["code"],
  pong: [],
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A frame, or null where the text is not one that this client knows: newer servers may say more. */
export function parseFrame(raw: unknown): ServerFrame | null {
  let value: unknown;
  try {
    value = typeof raw === "string" ? JSON.parse(raw) : null;
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value["type"] !== "string") return null;
  const required = REQUIRED[value["type"] as ServerFrame["type"]] as readonly string[] | undefined;
  if (!required || required.some((field) => value[field] === undefined)) return null;
  if ("message" in value && value["type"] !== "error" && !isMessage(value["message"])) return null;
  return value as unknown as ServerFrame;
}

export function isStatus(value: unknown): value is StatusFrame {
  return isRecord(value) && value["type"] === "status" && typeof value["status"] === "string";
}

export function isMessage(value: unknown): value is Message {
  return (
    isRecord(value) &&
    typeof value["message_id"] === "string" &&
    typeof value["ticket_id"] === "string" &&
    typeof value["seq"] === "number" &&
    typeof value["content"] === "string"
  );
}
