/** The HTTP calls the front end makes, typed by the OpenAPI document; nothing else knows a path of the API. */
import { Transport } from "./transport";
import type {
  Action,
  BulkChange,
  BulkResult,
  Channel,
  ClassifierTask,
  ClassifierVersion,
  DocumentQuery,
  Escalation,
  Language,
  Macro,
  Message,
  MessagePage,
  MessageTemplate,
  NewMacro,
  NewMessage,
  OfferedMacro,
  Phrase,
  SearchResult,
  TicketChange,
  TicketQuery,
  TicketReach,
  TimelineEvent,
  TopicAlert,
} from "./types";

export class ApiClient extends Transport {
  desk(lang?: Language, signal?: AbortSignal) {
    return this.call("get", "/api/v1/desk", { query: { lang }, signal });
  }

  tickets(query: TicketQuery, signal?: AbortSignal) {
    return this.call("get", "/api/v1/tickets", { query, signal });
  }

  ticket(id: string, signal?: AbortSignal) {
    return this.call("get", "/api/v1/tickets/{id}", { path: { id }, signal });
  }

  changeTicket(id: string, change: TicketChange) {
    return this.call("patch", "/api/v1/tickets/{id}", { path: { id }, body: change });
  }

  messages(id: string, afterSeq?: number, signal?: AbortSignal): Promise<MessagePage> {
    const query = afterSeq === undefined ? {} : { after_seq: afterSeq };
    return this.call("get", "/api/v1/tickets/{id}/messages", { path: { id }, query, signal }) as Promise<MessagePage>;
  }

  /** A reply goes out to the customer and takes the ticket over; a note only staff sees. */
  write(id: string, message: NewMessage, key: string, keepalive = false): Promise<Message> {
    return this.call("post", "/api/v1/tickets/{id}/messages", { path: { id }, body: message, key, keepalive }) as Promise<Message>;
  }

  takeOver(id: string) {
    return this.call("post", "/api/v1/tickets/{id}/takeover", { path: { id } });
  }

  handBack(id: string) {
    return this.call("post", "/api/v1/tickets/{id}/handback", { path: { id } });
  }

  /** It needs nobody until then, or until the customer writes. */
  snooze(id: string, until: string, note: string) {
    return this.call("post", "/api/v1/tickets/{id}/snooze", { path: { id }, body: { until, note } });
  }

  wake(id: string) {
    return this.call("delete", "/api/v1/tickets/{id}/snooze", { path: { id } });
  }

  async topicAlerts(signal?: AbortSignal): Promise<TopicAlert[]> {
    return (await this.call("get", "/api/v1/topic-alerts", { signal })).alerts;
  }

  /** In place of those that were there. */
  async saveTopicAlerts(phrases: string[]): Promise<TopicAlert[]> {
    return (await this.call("put", "/api/v1/topic-alerts", { body: { phrases } })).alerts;
  }

  async macros(signal?: AbortSignal): Promise<Macro[]> {
    return (await this.call("get", "/api/v1/macros", { signal })).macros;
  }

  saveMacro(id: string | null, macro: NewMacro): Promise<Macro> {
    if (id === null) return this.call("post", "/api/v1/macros", { body: macro });
    return this.call("put", "/api/v1/macros/{macro_id}", { path: { macro_id: id }, body: macro });
  }

  deleteMacro(id: string): Promise<undefined> {
    return this.call("delete", "/api/v1/macros/{macro_id}", { path: { macro_id: id } });
  }

  /** Those that fit, their gaps filled from the ticket. */
  async offeredMacros(id: string, q: string, signal?: AbortSignal): Promise<OfferedMacro[]> {
    return (await this.call("get", "/api/v1/tickets/{id}/macros", { path: { id }, query: { q }, signal })).macros;
  }

  /** What the macro does besides its text. */
  doMacro(id: string, macroId: string) {
    return this.call("post", "/api/v1/tickets/{id}/macros/{macro_id}", { path: { id, macro_id: macroId } });
  }

  /** What may be written next, most likely first. */
  async phrases(id: string, signal?: AbortSignal): Promise<Phrase[]> {
    return (await this.call("get", "/api/v1/tickets/{id}/phrases", { path: { id }, signal })).phrases;
  }

  /** The same change on up to 100 tickets; one that cannot follow does not stop the others. */
  async changeTickets(change: BulkChange): Promise<BulkResult[]> {
    return (await this.call("post", "/api/v1/tickets/bulk", { body: change })).results;
  }

  /** The kept draft of a reply; made where there is none yet. */
  draft(id: string, signal?: AbortSignal) {
    return this.call("get", "/api/v1/ai/tickets/{id}/draft-response", { path: { id }, signal });
  }

  /** By an instruction, which takes a language model, or without. */
  newDraft(id: string, instruction = "") {
    return this.call("post", "/api/v1/ai/tickets/{id}/draft-response", { path: { id }, body: { instruction } });
  }

  /** Whether the customer can be written to now, until when, and what of ours is set aside unsent. */
  reach(id: string, signal?: AbortSignal): Promise<TicketReach> {
    return this.call("get", "/api/v1/tickets/{id}/reach", { path: { id }, signal });
  }

  resend(id: string, messageId: string) {
    return this.call("post", "/api/v1/tickets/{id}/messages/{message_id}/resend", { path: { id, message_id: messageId } });
  }

  async templates(channel: Channel, account: string, signal?: AbortSignal): Promise<MessageTemplate[]> {
    return (await this.call("get", "/api/v1/channels/{channel}/{account}/templates", { path: { channel, account }, signal })).templates;
  }

  channels(signal?: AbortSignal) {
    return this.call("get", "/api/v1/channels", { signal });
  }

  async timeline(id: string, signal?: AbortSignal): Promise<TimelineEvent[]> {
    return (await this.call("get", "/api/v1/tickets/{id}/timeline", { path: { id }, signal })).events;
  }

  async escalations(id: string, signal?: AbortSignal): Promise<Escalation[]> {
    return (await this.call("get", "/api/v1/tickets/{id}/escalations", { path: { id }, signal })).escalations;
  }

  async actions(id: string, signal?: AbortSignal): Promise<Action[]> {
    return (await this.call("get", "/api/v1/tickets/{id}/actions", { path: { id }, signal })).actions;
  }

  /** Both go for exactly the input that was shown: another digest is a conflict. */
  approve({ action_id, digest }: Action) {
    return this.call("post", "/api/v1/actions/{id}/approve", { path: { id: action_id }, body: { digest } });
  }

  reject({ action_id, digest }: Action, note: string) {
    return this.call("post", "/api/v1/actions/{id}/reject", { path: { id: action_id }, body: { digest, note } });
  }

  scoreBreakdown(id: string, signal?: AbortSignal) {
    return this.call("get", "/api/v1/tickets/{id}/score-breakdown", { path: { id }, signal });
  }

  analytics(signal?: AbortSignal) {
    return this.call("get", "/api/v1/analytics/summary", { signal });
  }

  documents(query: DocumentQuery, signal?: AbortSignal) {
    return this.call("get", "/api/v1/documents", { query, signal });
  }

  document(id: string, signal?: AbortSignal) {
    return this.call("get", "/api/v1/documents/{document_id}", { path: { document_id: id }, signal });
  }

  async searchKnowledge(q: string, limit = 5, signal?: AbortSignal): Promise<SearchResult[]> {
    return (await this.call("get", "/api/v1/kb/search", { query: { q, limit }, signal })).results;
  }

  async classifiers(signal?: AbortSignal): Promise<ClassifierTask[]> {
    return (await this.call("get", "/api/v1/classifiers", { signal })).tasks;
  }

  /** Answers at once; the new version is listed when it is made. */
  learnNow(task: string) {
    return this.call("post", "/api/v1/classifiers/{task}/train", { path: { task } });
  }

  promote(task: string, number: number): Promise<ClassifierVersion> {
    return this.call("post", "/api/v1/classifiers/{task}/promote", { path: { task }, body: { number } });
  }

  async rollBack(task: string): Promise<ClassifierTask[]> {
    return (await this.call("post", "/api/v1/classifiers/{task}/rollback", { path: { task } })).tasks;
  }
}
