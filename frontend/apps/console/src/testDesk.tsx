/** The console as a person meets it, on a server and a socket that say what a test wants. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { act, cleanup, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { setupI18n } from "@frontdesk/i18n";
import { TooltipProvider } from "@frontdesk/ui";
import { vi } from "vitest";
import { page } from "./testSupport";

/** The network's edge: what the server would say, by path, and its socket. */
export class Socket {
  static readonly OPEN = 1;
  static last: Socket | undefined;
  readyState = 1;
  sent: string[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    Socket.last = this;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
    this.onclose?.();
  }
  deliver(frame: unknown) {
    act(() => this.onmessage?.({ data: JSON.stringify(frame) }));
  }
}

/** What the server says, by path; of a change by "METHOD path". A function is asked with the body that was sent. */
export type Answers = Record<string, unknown>;

export const DESK = { name: "Desk", version: "1", default_language: "ru", demo: true, ai: { mode: "local", providers: ["local"] }, mail: "folder", warnings: [] };

const refused = (status: number, code: string) =>
  Response.json({ error: { code, message: "?", details: null, request_id: `r-${status}` } }, { status });

/** A refusal as the API tells it. */
export const refusal = (status: number, code: string) => () => refused(status, code);

export function startDesk(answers: Answers): void {
  setupI18n("ru");
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const path = new URL(url, "http://desk").pathname.replace("/api/v1", "");
    const asked = init.method && init.method !== "GET" ? `${init.method} ${path}` : path;
    const answer = ({ "/desk": DESK, "/tickets": page([]), ...answers } as Answers)[asked];
    if (answer === undefined) return refused(404, "not_found");
    const said: unknown = typeof answer === "function" ? answer(init.body ? JSON.parse(String(init.body)) : null) : answer;
    return said instanceof Response ? said : Response.json(said);
  });
}

export function stopDesk(): void {
  cleanup();
  vi.unstubAllGlobals();
}

export async function open(path: string) {
  vi.resetModules();
  const { createConsoleRouter } = await import("./router");
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createConsoleRouter(createMemoryHistory({ initialEntries: [`/console${path}`] }));
  render(
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <RouterProvider router={router} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup() };
}
