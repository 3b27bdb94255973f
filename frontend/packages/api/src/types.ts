/** The JSON of the HTTP API, in the API's own names (snake_case). */

export const CHANNELS = ["web_chat", "web_form", "email", "telegram", "whatsapp", "instagram", "sms", "phone"] as const;
export type Channel = (typeof CHANNELS)[number];

export const STATUSES = ["new", "ai_processing", "waiting", "escalated", "resolved", "closed"] as const;
export type TicketStatus = (typeof STATUSES)[number];

export const SENTIMENTS = ["negative", "neutral", "positive"] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

export const CATEGORIES = [
  "order",
  "delivery",
  "payment",
  "billing",
  "returns",
  "product",
  "technical_issue",
  "account",
  "feature_request",
  "other",
] as const;
export const INTENTS = ["question", "request", "complaint", "return", "cancel", "praise", "other"] as const;

export type Priority = "low" | "normal" | "high" | "urgent";
export type SenderType = "customer" | "ai" | "manager" | "system";
export type Difficulty = "easy" | "normal" | "complex";
export type AiState = "idle" | "working" | "silent";
export type Owner = "ai" | "person" | "nobody";
export type Decision = "answer" | "ask" | "escalate";
export type MailState = "queued" | "sent" | "saved" | "parked";

export interface Pagination {
  page: number;
  limit: number;
  total: number;
  has_next: boolean;
  has_prev: boolean;
  next_cursor: string | null;
}

export interface Customer {
  customer_id: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  vip: boolean;
  ltv?: number | null;
  churn_risk?: number | null;
}

export interface Ticket {
  ticket_id: string;
  ticket_number: string;
  subject: string | null;
  status: TicketStatus;
  channel: Channel;
  priority: Priority;
  category: string | null;
  intent: string | null;
  sentiment: Sentiment | null;
  sentiment_score: number | null;
  risk: number | null;
  difficulty: Difficulty | null;
  confidence: number | null;
  language: string | null;
  tags: string[];
  summary: string | null;
  suggested_reply: string | null;
  customer_id: string | null;
  customer: Customer | null;
  assignee: string | null;
  waiting_since: string | null;
  created_at: string;
  updated_at: string;
  escalated_at: string | null;
  escalation_reason: string | null;
  last_event_id: string | null;
  smart_score: number;
  matches_topic_alert: boolean;
  ai_state: AiState;
  owner: Owner;
  preview: string | null;
  message_count: number;
  previous_ticket_id: string | null;
}

/** What a person may set right; what is left out stays as it is. */
export interface TicketChange {
  category?: string;
  intent?: string;
}

export interface Source {
  doc_id: string;
  title: string;
  heading: string | null;
  quote: string;
  score: number;
  url: string | null;
}

export interface Entity {
  type: string;
  value: string;
  text: string;
  start: number;
  end: number;
  currency?: string | null;
}

/** What the AI understood from one customer message. An analysis that had nothing to say may leave lists out. */
export interface Reading {
  language: string | null;
  category: string | null;
  intent: string | null;
  priority: Priority | null;
  sentiment: Sentiment | null;
  sentiment_score: number | null;
  risk: number | null;
  difficulty: Difficulty | null;
  confidence: number | null;
  tags?: string[];
  entities?: Entity[];
  summary: string | null;
  escalate: boolean;
  escalation_reason: string | null;
  /** The words behind each finding; `nearest` holds similar examples instead, each as "text (category)". */
  explanation?: Record<string, string[]>;
}

export interface AiDetails {
  provider: string | null;
  model: string | null;
  prompt_version: string | null;
  confidence: number | null;
  sources: Source[];
  cost: string | null;
  reasoning: string | null;
  decision: Decision | null;
  latency_ms: number | null;
}

export interface Attachment {
  attachment_id: string;
  filename: string;
  content_type: string;
  size: number;
  url: string;
}

export interface Message {
  message_id: string;
  ticket_id: string;
  seq: number;
  sender_type: SenderType;
  sender_name: string | null;
  content: string;
  attachments: Attachment[];
  channel: Channel;
  /** Open set: queued, sent, delivered, read, failed, held; null for incoming. */
  delivery_state: string | null;
  kind: "text" | "note";
  reading: Reading | null;
  ai: AiDetails | null;
  created_at: string;
}

export interface MessagePage {
  messages: Message[];
  has_more: boolean;
}

export interface TicketPage {
  tickets: Ticket[];
  pagination: Pagination;
  topic_alerts_active: string[];
  matches: number;
}

export interface TimelineEvent {
  event_id: string;
  ticket_id: string;
  type: string;
  actor: string | null;
  data: Record<string, unknown>;
  created_at: string;
}

export interface EscalationMail {
  state: MailState;
  to: string | null;
  subject: string | null;
  text: string | null;
  html_url: string | null;
  error: string | null;
}

export interface Escalation {
  escalation_id: string;
  reason: string;
  reason_text: string | null;
  created_at: string;
  mail: EscalationMail | null;
}

export interface ScoreBreakdown {
  total_score: number;
  components: Record<
    "churn_risk" | "customer_value" | "urgency" | "age" | "difficulty" | "sentiment" | "topic_alert" | "sla",
    number
  >;
  customer: { ltv: number | null; churn_risk: number | null };
  ticket: { priority: Priority; age_hours: number };
  weights: Record<string, number>;
}

export interface DocumentSummary {
  document_id: string;
  title: string;
  language: string | null;
  source: string | null;
  chunks: number;
  updated_at: string;
}

export interface DocumentPage {
  documents: DocumentSummary[];
  pagination: Pagination;
}

export interface DocumentDetail extends Omit<DocumentSummary, "chunks"> {
  chunks: { heading: string | null; text: string }[];
}

export type SearchResult = Source & { text: string };

export interface Desk {
  name: string;
  version: string;
  default_language: string;
  demo: boolean;
  ai: { mode: "local" | "llm"; providers: string[] };
  mail: "smtp" | "folder";
  warnings: string[];
  expected_answer_seconds?: number | null;
}

export type Counts = Record<string, number>;

export interface AnalyticsSummary {
  total_tickets: number;
  avg_risk: number | null;
  high_risk_count: number;
  by_category: Counts;
  by_sentiment: Counts;
  by_status: Counts;
  by_channel: Counts;
  resolution: {
    ai_answered: number;
    escalated: number;
    resolved: number;
    resolved_without_person: number;
    escalation_rate: number | null;
    resolved_without_person_rate: number | null;
  };
  response_time: {
    answered: number;
    first_response_seconds_avg: number | null;
    first_response_seconds_p50: number | null;
    first_response_seconds_p95: number | null;
    ai_seconds_p50: number | null;
    ai_seconds_p95: number | null;
  };
  cost: { total_usd: number; per_ticket_usd: number | null; ai_replies: number };
}
