/** The portal's calls. The cookie goes by itself; the token against forged writes is kept in memory alone. */
import type { PortalAccepted, PortalConversation, PortalSession, PortalTickets } from "@frontdesk/api";

/** What the server said instead of an answer; `status` 0 where nothing came back. */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    message = "",
  ) {
    super(message);
  }
}

export interface NewMessage {
  content: string;
  files: File[];
  subject?: string;
}

const BASE = "/api/v1/portal";
const PATIENCE_MS = 30_000;

export class PortalClient {
  private csrf = "";
  /** Called once a call finds the session ended. */
  onEnded: () => void = () => {};

  askForLink(email: string, locale: string): Promise<unknown> {
    return this.call("/links", { method: "POST", ...json({ email, locale }) });
  }

  async enter(token: string): Promise<PortalSession> {
    return this.keep(await this.call<PortalSession>("/session", { method: "POST", ...json({ token }) }));
  }

  /** Null where nobody is signed in. */
  async session(): Promise<PortalSession | null> {
    try {
      return this.keep(await this.call<PortalSession>("/session"));
    } catch (error) {
      if (error instanceof CallFailed && error.status === 401) return null;
      throw error;
    }
  }

  async leave(): Promise<void> {
    await this.ask("/session", { method: "DELETE" });
  }

  tickets(page: number): Promise<PortalTickets> {
    return this.ask(`/tickets?page=${page}`);
  }

  conversation(ticket: string): Promise<PortalConversation> {
    return this.ask(`/tickets/${encodeURIComponent(ticket)}`);
  }

  /** The same key is the same message, however often it is sent. */
  send(ticket: string | null, message: NewMessage, key: string): Promise<PortalAccepted> {
    const form = new FormData();
    form.set("content", message.content);
    if (message.subject) form.set("subject", message.subject);
    for (const file of message.files) form.append("files", file);
    const path = ticket === null ? "/tickets" : `/tickets/${encodeURIComponent(ticket)}/messages`;
    return this.ask(path, { method: "POST", body: form, headers: { "Idempotency-Key": key } });
  }

  /** A call of a session: where it has ended, everybody who shows something of it is told. */
  private async ask<T>(path: string, init?: RequestInit): Promise<T> {
    try {
      return await this.call<T>(path, init);
    } catch (error) {
      if (error instanceof CallFailed && error.status === 401) this.onEnded();
      throw error;
    }
  }

  private async call<T>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { ...init.headers, ...(init.method ? { "X-CSRF-Token": this.csrf } : {}) };
    let answer: Response;
    try {
      answer = await fetch(BASE + path, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch {
      throw new CallFailed(0);
    }
    const body: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (answer.ok) return body as T;
    throw new CallFailed(answer.status, (body as { error?: { message?: string } } | null)?.error?.message);
  }

  private keep(session: PortalSession): PortalSession {
    this.csrf = session.csrf_token;
    return session;
  }
}

export function fileAddress(attachmentId: string): string {
  return `${BASE}/attachments/${encodeURIComponent(attachmentId)}`;
}

function json(body: object): { body: string; headers: Record<string, string> } {
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}
