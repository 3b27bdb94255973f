/** A desk for tests: answers the portal's calls from what it holds, and writes down what it was asked. */
import type { PortalConversation, PortalMessage, PortalTicket } from "@frontdesk/api";
import { render } from "preact";
import { vi } from "vitest";
import { PortalClient } from "./api";
import { App } from "./App";

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

export function ticket(change: Partial<PortalTicket> = {}): PortalTicket {
  return {
    ticket_id: "one",
    ticket_number: "T-000001",
    subject: "Where is my order?",
    channel: "web_form",
    status: "waiting",
    next: "customer",
    person: null,
    created_at: "2026-11-20T09:00:00Z",
    updated_at: "2026-11-20T09:01:00Z",
    ...change,
  };
}

export function message(change: Partial<PortalMessage> = {}): PortalMessage {
  return {
    message_id: `m${change.seq ?? 1}`,
    seq: 1,
    sender_type: "customer",
    sender_name: null,
    content: "Where is it?",
    attachments: [],
    sources: [],
    delivery_state: "received",
    created_at: "2026-11-20T09:00:00Z",
    ...change,
  };
}

const SESSION = { email: "dana@mail.example", identity_proof: "verified", expires_at: "2026-12-20T09:00:00Z", csrf_token: "csrf-1" };

export class TestDesk {
  asked: Asked[] = [];
  signedIn = true;
  conversations: PortalConversation[] = [];
  /** By path: a status to refuse with, until it is taken away. */
  refusals = new Map<string, number>();
  /** Whether the network is gone. */
  isAway = false;
  private root: HTMLElement | null = null;

  holds(change: Partial<PortalTicket> = {}, messages: PortalMessage[] = [message()], is_answerable = true): void {
    this.conversations.push({ ticket: ticket(change), messages, is_answerable });
  }

  open(path = "/portal/"): HTMLElement {
    vi.stubGlobal("fetch", this.fetch);
    history.replaceState(null, "", path);
    this.root = document.createElement("div");
    document.body.replaceChildren(this.root);
    render(<App client={new PortalClient()} />, this.root);
    return this.root;
  }

  close(): void {
    if (this.root) render(null, this.root);
  }

  last(method: string): Asked {
    const found = this.asked.findLast((asked) => asked.method === method);
    if (!found) throw new Error(`nothing was asked by ${method}`);
    return found;
  }

  private fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    if (this.isAway) throw new TypeError("failed to fetch");
    const path = address.replace("/api/v1/portal", "").replace(/\?.*/, "");
    const method = init.method ?? "GET";
    this.asked.push({ method, path, headers: new Headers(init.headers), body: init.body });
    const refusal = this.refusals.get(`${method} ${path}`);
    if (refusal !== undefined) return answer(refusal, { error: { message: "refused" } });
    return this.answered(method, path);
  };

  private answered(method: string, path: string): Response {
    if (path === "/api/v1/desk") return answer(200, { name: "Aspan" });
    if (path === "/links") return answer(202, { message: "on its way" });
    if (path === "/session") return this.session(method);
    if (!this.signedIn) return answer(401, {});
    if (method === "POST") return answer(202, { ticket_id: "one", ticket_number: "T-000001", status: "recorded" });
    if (path === "/tickets") return answer(200, this.list());
    const conversation = this.conversations.find(({ ticket }) => path === `/tickets/${ticket.ticket_number}`);
    return conversation ? answer(200, conversation) : answer(404, {});
  }

  private session(method: string): Response {
    if (method === "POST") this.signedIn = true;
    if (method === "DELETE") this.signedIn = false;
    if (method === "DELETE") return new Response(null, { status: 204 });
    return this.signedIn ? answer(200, SESSION) : answer(401, {});
  }

  private list(): object {
    const tickets = this.conversations.map(({ ticket }) => ticket);
    const total = tickets.length;
    return { tickets, pagination: { page: 1, limit: 50, total, has_next: false, has_prev: false, next_cursor: null } };
  }
}

function answer(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
