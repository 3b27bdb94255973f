/** A conversation as it is shown: messages and events in one order of time, with a line where a day begins. */
import type { Message, TimelineEvent } from "@frontdesk/api";

export type Item =
  | { kind: "day"; key: string; iso: string }
  | { kind: "message"; key: string; message: Message; first: boolean }
  | { kind: "event"; key: string; event: TimelineEvent };

/** Events that a message beside them already says are left out. */
const SHOWN = new Set([
  "opened",
  "reopened",
  "escalated",
  "mail_sent",
  "mail_failed",
  "mail_delayed",
  "taken_over",
  "handed_back",
  "snoozed",
  "woken",
  "resolved",
  "closed",
  "send_failed",
  "send_delayed",
  "action_proposed",
  "action_approved",
  "action_rejected",
  "action_returned",
  "action_ended",
  "retracted",
]);

const SAME_SPEAKER_MS = 5 * 60_000;

export function conversationItems(messages: Message[], events: TimelineEvent[]): Item[] {
  const moments: { at: number; order: number; item: Item; iso: string }[] = [
    ...messages.map((message) => ({
      at: Date.parse(message.created_at),
      order: message.seq,
      iso: message.created_at,
      item: { kind: "message" as const, key: message.message_id, message, first: true },
    })),
    ...events
      .filter((event) => SHOWN.has(event.type))
      .map((event) => ({
        at: Date.parse(event.created_at),
        order: event.type === "opened" || event.type === "reopened" ? -1 : Number.MAX_SAFE_INTEGER,
        iso: event.created_at,
        item: { kind: "event" as const, key: event.event_id, event },
      })),
  ];
  moments.sort((a, b) => a.at - b.at || a.order - b.order);
  return withDays(moments);
}

function withDays(moments: { iso: string; item: Item }[]): Item[] {
  const items: Item[] = [];
  let day = "";
  let before: Item | null = null;
  for (const { iso, item } of moments) {
    const thisDay = new Date(iso).toDateString();
    if (thisDay !== day) {
      items.push({ kind: "day", key: `day-${thisDay}`, iso });
      day = thisDay;
      before = null;
    }
    if (item.kind === "message") item.first = !follows(before, item.message);
    items.push(item);
    before = item;
  }
  return items;
}

/** Whether the same person goes on speaking, so that the name need not be said again. */
function follows(before: Item | null, message: Message): boolean {
  if (before?.kind !== "message") return false;
  const last = before.message;
  return (
    last.sender_type === message.sender_type &&
    last.sender_name === message.sender_name &&
    last.kind === message.kind &&
    Date.parse(message.created_at) - Date.parse(last.created_at) < SAME_SPEAKER_MS
  );
}
