/** The API's closed sets as lists, in the order in which pages show them. */
import type { AuditAction, Category, Channel, Group, Intent, Permission, Priority, Role, Sentiment, TicketStatus } from "./types";

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
export const ROLES = every<Role>()(["viewer", "manager", "admin"]);
export const PERMISSIONS = every<Permission>()(["tickets:read", "tickets:write", "kb:write", "analytics:read", "admin"]);
export const AUDIT_ACTIONS = every<AuditAction>()([
  "ticket.opened",
  "ticket.reopened",
  "ticket.message",
  "ticket.analysed",
  "ticket.answered",
  "ticket.asked",
  "ticket.assisted",
  "ticket.drafted",
  "ticket.escalated",
  "ticket.mail_sent",
  "ticket.mail_failed",
  "ticket.mail_delayed",
  "ticket.taken_over",
  "ticket.handed_back",
  "ticket.snoozed",
  "ticket.woken",
  "ticket.resolved",
  "ticket.closed",
  "ticket.erased",
  "ticket.delivered",
  "ticket.send_failed",
  "ticket.send_delayed",
  "ticket.edited",
  "ticket.deleted",
  "ticket.reacted",
  "ticket.receipt",
  "ticket.reach",
  "ticket.note",
  "ticket.changed",
  "ticket.action_proposed",
  "ticket.action_approved",
  "ticket.action_rejected",
  "ticket.action_returned",
  "ticket.action_ended",
  "ticket.mail_requested",
  "ticket.resent",
  "article.added",
  "article.changed",
  "article.deleted",
  "macro.added",
  "macro.changed",
  "macro.deleted",
  "classifier.promoted",
  "classifier.rolled_back",
  "setting.changed",
  "event.retried",
  "person.invited",
  "person.added",
  "person.changed",
  "person.disabled",
  "person.enabled",
  "person.deleted",
  "person.signed_in",
  "person.refused",
  "person.password_set",
  "person.factor_added",
  "person.factor_removed",
  "key.created",
  "key.revoked",
  "session.opened",
  "session.revoked",
  "session.stolen",
  "customer.signed_in",
  "customer.exported",
  "customer.erased",
  "audit.exported",
  "audit.forgotten",
  "audit.resealed",
]);
