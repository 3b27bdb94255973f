/** The HTTP calls the front end makes, typed by the OpenAPI document; nothing else knows a path of the API. */
import type { Answer, Method, PathOf, Values } from "./calls";
import { ApiError, errorFrom } from "./errors";
import type {
  Action,
  ClassifierTask,
  ClassifierVersion,
  DocumentQuery,
  Escalation,
  Language,
  MessagePage,
  SearchResult,
  TicketChange,
  TicketQuery,
  TimelineEvent,
} from "./types";

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface ClientOptions {
  fetch?: typeof globalThis.fetch;
}

/** Empty, null and undefined values are left out, so that a filter not set is a parameter not sent. */
export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** Any call's values, as the request is built from them. */
interface AnyValues {
  path?: Record<string, string>;
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

export class ApiClient {
  private readonly fetch: typeof globalThis.fetch;

  constructor({ fetch = (...call) => globalThis.fetch(...call) }: ClientOptions = {}) {
    this.fetch = fetch;
  }

  private async call<M extends Method, P extends PathOf<M>>(method: M, path: P, values: Values<M, P>): Promise<Answer<M, P>> {
    const { path: names = {}, query, body, signal }: AnyValues = values;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const response = await this.send(withQuery(filled, query), { method: method.toUpperCase(), signal: signal ?? null, ...json });
    if (!response.ok) throw await errorFrom(response);
    try {
      return (await response.json()) as Answer<M, P>;
    } catch {
      throw new ApiError(response.status, "unavailable", "The answer is not JSON", null, response.headers.get("X-Request-Id"));
    }
  }

  private async send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetch(url, { ...init, headers: { Accept: "application/json", ...init.headers } });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ApiError(0, "network", "The server cannot be reached");
    }
  }

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
