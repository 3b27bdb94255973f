/** How things stand for the person: one answer, whatever else is true at the same time. */
import type { ChatView } from "./chat";
import { type Entry, personInCharge } from "./entries";

export type Standing =
  | { kind: "offline" | "connecting" | "resolved" | "closed" | "limited" }
  /** A person owes the next move; the name where they have spoken before. */
  | { kind: "awaiting"; name: string | null }
  /** A person has the conversation, and it is the customer's turn. */
  | { kind: "person"; name: string | null }
  /** The assistant answers, or nothing has been asked yet. */
  | { kind: "assistant" };

/** `trying`: the connection has been looked for long enough to be mentioned. */
export function standingOf({ conversation, connection }: ChatView, list: readonly Entry[], trying: boolean): Standing {
  if (connection === "offline") return { kind: "offline" };
  if (trying && list.length > 0) return { kind: "connecting" };
  if (conversation.status === "resolved" || conversation.status === "closed") return { kind: conversation.status };
  if (conversation.escalated) {
    const name = personInCharge(list)?.name ?? null;
    return { kind: conversation.next === "person" ? "awaiting" : "person", name };
  }
  return { kind: connection === "limited" ? "limited" : "assistant" };
}
