/** Whole, plain values for tests; each test names only what it is about. */
import type { Message, Reading, Ticket, TicketPage, TimelineEvent } from "@frontdesk/api";

const NOT_WAITING = { waiting_since: null, snoozed_until: null, snooze_note: "" };

export function ticket(parts: Partial<Ticket> = {}): Ticket {
  return {
    ticket_id: "t-1",
    ticket_number: "T-000001",
    subject: "",
    status: "waiting",
    channel: "web_chat",
    priority: "normal",
    category: "delivery",
    intent: "question",
    sentiment: "neutral",
    sentiment_score: 0.5,
    risk: 0.1,
    difficulty: "normal",
    confidence: 0.8,
    language: "ru",
    tags: [],
    summary: "Where is order 54321",
    suggested_reply: "",
    customer_id: null,
    customer: { customer_id: null, name: null, email: null, phone: null, vip: false, ltv: 0, churn_risk: 0 },
    assignee: null,
    ...NOT_WAITING,
    created_at: "2026-05-01T10:00:00Z",
    updated_at: "2026-05-01T10:00:00Z",
    escalated_at: null,
    escalation_reason: null,
    last_event_id: null,
    smart_score: 1,
    matches_topic_alert: false,
    ai_state: "idle",
    owner: "ai",
    identity_proof: "none",
    preview: null,
    message_count: 1,
    previous_ticket_id: null,
    ...parts,
  };
}

export function message(parts: Partial<Message> = {}): Message {
  const seq = parts.seq ?? 1;
  return {
    message_id: `m-${seq}`,
    ticket_id: "t-1",
    seq,
    sender_type: "customer",
    sender_name: null,
    content: "Where is my order?",
    attachments: [],
    channel: "web_chat",
    delivery_state: "received",
    kind: "text",
    payload: null,
    edited_at: null,
    deleted_at: null,
    reactions: {},
    reading: null,
    ai: null,
    created_at: `2026-05-01T10:00:${String(seq).padStart(2, "0")}Z`,
    ...parts,
  };
}

export function reading(parts: Partial<Reading> = {}): Reading {
  return {
    language: "ru",
    category: "delivery",
    intent: "question",
    priority: "normal",
    sentiment: "neutral",
    sentiment_score: 0.5,
    risk: 0.1,
    difficulty: "normal",
    confidence: 0.8,
    tags: [],
    entities: [],
    summary: null,
    escalate: false,
    escalation_reason: null,
    explanation: {},
    ...parts,
  };
}

export function event(type: string, created_at: string, parts: Partial<TimelineEvent> = {}): TimelineEvent {
  return { event_id: `e-${type}`, ticket_id: "t-1", type, actor: "system", actor_kind: "system", data: {}, created_at, ...parts };
}

export function page(tickets: Ticket[], parts: Partial<TicketPage["pagination"]> = {}): TicketPage {
  const pagination = { page: 1, limit: 50, total: tickets.length, has_next: false, has_prev: false, next_cursor: null, ...parts };
  return { tickets, pagination, topic_alerts_active: [], matches: 0, groups: { needs_you: 0, ai: tickets.length }, snoozed: 0 };
}
