/** The HTTP calls the front end makes, typed; nothing else knows a path of the API. */
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

  async get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    const response = await this.send(withQuery(this.base + path, query), signal);
    if (!response.ok) throw await errorFrom(response);
    try {
      return (await response.json()) as T;
    } catch {
      throw new ApiError(response.status, "unavailable", "The answer is not JSON", null, response.headers.get("X-Request-Id"));
    }
  }

  private async send(url: string, signal?: AbortSignal): Promise<Response> {
    try {
      return await this.fetch(url, { headers: { Accept: "application/json" }, signal: signal ?? null });
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
}
