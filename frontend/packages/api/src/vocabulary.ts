/** The API's closed sets as lists, in the order in which pages show them. */
import type { Category, Channel, Group, Intent, Priority, Sentiment, TicketStatus } from "./types";

/** A list that leaves out a member of the set does not compile. */
function every<Member extends string>() {
  return <const List extends readonly Member[]>(list: Exclude<Member, List[number]> extends never ? List : never): List => list;
}

export const CHANNELS = every<Channel>()(["web_chat", "web_form", "email", "telegram", "whatsapp", "instagram", "sms", "phone"]);
export const STATUSES = every<TicketStatus>()(["new", "ai_processing", "waiting", "escalated", "resolved", "closed"]);
export const GROUPS = every<Group>()(["needs_you", "ai"]);
export const SENTIMENTS = every<Sentiment>()(["negative", "neutral", "positive"]);
export const PRIORITIES = every<Priority>()(["low", "normal", "high", "urgent"]);
export const INTENTS = every<Intent>()(["question", "request", "complaint", "return", "cancel", "praise", "other"]);
export const CATEGORIES = every<Category>()([
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
]);
