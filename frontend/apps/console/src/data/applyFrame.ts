/** Turns each frame of the socket into changes of the cache. Idempotent: a replayed frame changes nothing. */
import type { QueryClient } from "@tanstack/react-query";
import type { Message, ServerFrame, Ticket, TimelineEvent } from "@frontdesk/api";
import type { InboxFilter } from "./filter";
import { keys, refetchAll } from "./queries";
import type { StreamStore } from "./streams";
import { isNewer, mergeTicket, type TicketPages } from "./ticketList";

export function applyFrame(client: QueryClient, streams: StreamStore, frame: ServerFrame): void {
  switch (frame.type) {
    case "ticket":
      return applyTicket(client, streams, frame.ticket);
    case "message":
      return applyMessage(client, streams, frame.message);
    case "event":
      return applyEvent(client, frame.event);
    case "text":
      return streams.append(frame.ticket_id, frame.message_id, frame.n, frame.content);
    case "retract":
      return streams.end(frame.ticket_id, frame.message_id);
    case "resync":
      streams.clear();
      return refetchAll(client);
    case "hello":
    case "pong":
      return;
    default:
      frame satisfies never;
  }
}

export function applyTicket(client: QueryClient, streams: StreamStore, ticket: Ticket): void {
  for (const [key, data] of client.getQueriesData<TicketPages>({ queryKey: keys.lists })) {
    if (data) client.setQueryData(key, mergeTicket(data, ticket, (key[1] ?? {}) as InboxFilter));
    else again(client, key);
  }
  for (const id of [ticket.ticket_id, ticket.ticket_number]) {
    client.setQueryData<Ticket>(keys.ticket(id), (known) => (known && !isNewer(known, ticket) ? ticket : known));
  }
  if (ticket.ai_state !== "working") streams.end(ticket.ticket_id);
  void client.invalidateQueries({ queryKey: keys.score(ticket.ticket_id) });
  countSoon(client);
}

const COUNT_EVERY_MS = 2_000;
let counting: ReturnType<typeof setTimeout> | undefined;

/** A busy desk changes tickets many times a second; the totals follow at most every two. */
function countSoon(client: QueryClient): void {
  counting ??= setTimeout(() => {
    counting = undefined;
    for (const queryKey of [keys.analytics, ["groups"]]) void client.invalidateQueries({ queryKey });
  }, COUNT_EVERY_MS);
}

/** A hole before the new message means that something was missed: then all is asked for again. */
export function mergeMessage(known: Message[], message: Message): { messages: Message[]; gap: boolean } {
  const rest = known.filter((other) => other.message_id !== message.message_id);
  const last = rest.at(-1)?.seq ?? 0;
  const messages = [...rest, message].sort((a, b) => a.seq - b.seq);
  return { messages, gap: message.seq > last + 1 };
}

function applyMessage(client: QueryClient, streams: StreamStore, message: Message): void {
  const key = keys.messages(message.ticket_id);
  const known = client.getQueryData<Message[]>(key);
  if (message.sender_type === "ai" || message.sender_type === "manager") streams.end(message.ticket_id);
  if (!known) return again(client, key);
  const { messages, gap } = mergeMessage(known, message);
  client.setQueryData(key, messages);
  if (gap) again(client, key);
}

const TOUCHES_ESCALATION = new Set(["escalated", "mail_sent", "mail_failed", "mail_delayed"]);

function applyEvent(client: QueryClient, event: TimelineEvent): void {
  const key = keys.timeline(event.ticket_id);
  const known = client.getQueryData<TimelineEvent[]>(key);
  if (!known) again(client, key);
  else if (!known.some((other) => other.event_id === event.event_id)) client.setQueryData(key, [...known, event]);
  if (TOUCHES_ESCALATION.has(event.type)) again(client, keys.escalations(event.ticket_id));
  if (event.type.startsWith("action_")) again(client, keys.actions(event.ticket_id));
}

/** Asks again where somebody is looking; an answer under way is dropped for a fresh one. */
function again(client: QueryClient, queryKey: readonly unknown[]): void {
  void client.invalidateQueries({ queryKey });
}
