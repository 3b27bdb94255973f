/** Material for the tests: a seeded generator, and conversations as the server would tell them. */
import type { Message, SenderType, ServerFrame } from "../protocol";

export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const out = [...list];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
}

export function message(seq: number, sender: SenderType, more: Partial<Message> = {}): Message {
  return {
    message_id: `m${seq}`,
    ticket_id: "t1",
    seq,
    sender_type: sender,
    sender_name: null,
    content: `text ${seq}`,
    client_msg_id: null,
    created_at: new Date(Date.UTC(2026, 0, 1, 10, 0, seq)).toISOString(),
    ...more,
  };
}

export function status(more: Partial<Extract<ServerFrame, { type: "status" }>> = {}): ServerFrame {
  return { type: "status", status: "waiting", ticket_id: "t1", ticket_number: "T-000001", escalated: false, ...more };
}

/** A conversation of customer, AI and people, with holes in its numbers where staff left notes. */
export function conversation(random: Random): Message[] {
  const messages: Message[] = [];
  let seq = 0;
  const length = 3 + Math.floor(random() * 10);
  for (let n = 0; n < length; n += 1) {
    seq += random() < 0.2 ? 2 : 1;
    const sender = n === 0 || random() < 0.4 ? "customer" : random() < 0.6 ? "ai" : "manager";
    messages.push(message(seq, sender, sender === "customer" ? { client_msg_id: `c${seq}` } : {}));
  }
  return messages;
}

/** Everything that the server says about a message while it is live. */
export function live(shown: Message): ServerFrame[] {
  if (shown.sender_type === "customer") {
    return [{ type: "ack", client_msg_id: shown.client_msg_id ?? "", seq: shown.seq }];
  }
  if (shown.sender_type !== "ai") return [{ type: "message", message: shown }];
  const words = shown.content.split("");
  return [
    ...words.map((content, n): ServerFrame => ({ type: "text", message_id: shown.message_id, n, content })),
    { type: "sources", message_id: shown.message_id, sources: [] },
    { type: "complete", message: shown },
  ];
}
