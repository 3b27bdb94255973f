/** The HTTP calls the front end makes, typed; nothing else knows a path of the API. */
import type { ClassifierTask, ClassifierVersion } from "./classifiers";
import { ApiError, errorFrom } from "./errors";
import type {
  AnalyticsSummary,
  Desk,
  DocumentDetail,
  DocumentPage,
  Escalation,
  MessagePage,
  ScoreBreakdown,
  SearchResult,
  Ticket,
  TicketChange,
  TicketPage,
  TimelineEvent,
} from "./types";

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface TicketQuery {
  status?: string;
  channel?: string;
  category?: string;
  sentiment?: string;
  risk_min?: number;
  q?: string;
  limit?: number;
  page?: number;
}

export interface ClientOptions {
  base?: string;
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

export class ApiClient {
  private readonly base: string;
  private readonly fetch: typeof globalThis.fetch;

  constructor({ base = "/api/v1", fetch = (...call) => globalThis.fetch(...call) }: ClientOptions = {}) {
    this.base = base;
    this.fetch = fetch;
  }

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.call<T>(withQuery(path, query), { signal: signal ?? null });
  }

  private change<T>(method: "POST" | "PATCH", path: string, body?: unknown): Promise<T> {
    if (body === undefined) return this.call<T>(path, { method });
    return this.call<T>(path, { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  }

  private async call<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.send(this.base + path, init);
    if (!response.ok) throw await errorFrom(response);
    try {
      return (await response.json()) as T;
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

  desk(signal?: AbortSignal) {
    return this.get<Desk>("/desk", undefined, signal);
  }

  tickets(query: TicketQuery, signal?: AbortSignal) {
    return this.get<TicketPage>("/tickets", { ...query }, signal);
  }

  ticket(id: string, signal?: AbortSignal) {
    return this.get<Ticket>(`/tickets/${encodeURIComponent(id)}`, undefined, signal);
  }

  changeTicket(id: string, change: TicketChange) {
    return this.change<Ticket>("PATCH", `/tickets/${encodeURIComponent(id)}`, change);
  }

  messages(id: string, afterSeq?: number, signal?: AbortSignal) {
    return this.get<MessagePage>(`/tickets/${encodeURIComponent(id)}/messages`, { after_seq: afterSeq }, signal);
  }

  async timeline(id: string, signal?: AbortSignal): Promise<TimelineEvent[]> {
    const path = `/tickets/${encodeURIComponent(id)}/timeline`;
    return (await this.get<{ events: TimelineEvent[] }>(path, undefined, signal)).events;
  }

  async escalations(id: string, signal?: AbortSignal): Promise<Escalation[]> {
    const path = `/tickets/${encodeURIComponent(id)}/escalations`;
    return (await this.get<{ escalations: Escalation[] }>(path, undefined, signal)).escalations;
  }

  scoreBreakdown(id: string, signal?: AbortSignal) {
    return this.get<ScoreBreakdown>(`/tickets/${encodeURIComponent(id)}/score-breakdown`, undefined, signal);
  }

  analytics(signal?: AbortSignal) {
    return this.get<AnalyticsSummary>("/analytics/summary", undefined, signal);
  }

  documents(query: { lang?: string; page?: number; space?: string }, signal?: AbortSignal) {
    return this.get<DocumentPage>("/documents", { ...query }, signal);
  }

  document(id: string, signal?: AbortSignal) {
    return this.get<DocumentDetail>(`/documents/${encodeURIComponent(id)}`, undefined, signal);
  }

  async searchKnowledge(q: string, limit = 5, signal?: AbortSignal): Promise<SearchResult[]> {
    return (await this.get<{ results: SearchResult[] }>("/kb/search", { q, limit }, signal)).results;
  }

  async classifiers(signal?: AbortSignal): Promise<ClassifierTask[]> {
    return (await this.get<{ tasks: ClassifierTask[] }>("/classifiers", undefined, signal)).tasks;
  }

  /** Answers at once; the new version is listed when it is made. */
  learnNow(task: string) {
    return this.change<{ status: string }>("POST", `/classifiers/${encodeURIComponent(task)}/train`);
  }

  promote(task: string, number: number) {
    return this.change<ClassifierVersion>("POST", `/classifiers/${encodeURIComponent(task)}/promote`, { number });
  }

  async rollBack(task: string): Promise<ClassifierTask[]> {
    const path = `/classifiers/${encodeURIComponent(task)}/rollback`;
    return (await this.change<{ tasks: ClassifierTask[] }>("POST", path)).tasks;
  }
}
