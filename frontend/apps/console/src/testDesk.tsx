/** The console as a person meets it, on a server and a socket that say what a test wants. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { act, cleanup, configure, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { Me, Permission } from "@frontdesk/api";
import { startI18n } from "@frontdesk/i18n";
import { TRANSLATIONS } from "@frontdesk/i18n/all";
import { FakeNetwork } from "@frontdesk/socket/testing";
import { TooltipProvider } from "@frontdesk/ui";
import { vi } from "vitest";
import { page } from "./testSupport";

/** The network's edge: the sockets that the page under test has opened. */
export let network = new FakeNetwork();

/** The server greets, or says what else a test wants. */
export function deliver(frame: unknown): void {
  act(() => network.last.deliver(frame));
}

/** What the server says, by path; of a change by "METHOD path". A function is asked with the body that was sent. */
export type Answers = Record<string, unknown>;

export const DESK = { name: "Desk", version: "1", default_language: "ru", demo: true, ai: { mode: "local", providers: ["local"] }, mail: "folder", value_currency: "USD", warnings: [] };

const refused = (status: number, code: string) =>
  Response.json({ error: { code, message: "?", details: null, request_id: `r-${status}` } }, { status });

const EVERYTHING: Permission[] = ["admin", "analytics:read", "kb:write", "tickets:read", "tickets:write"];

/** Whoever sits at a machine that its desk trusts. */
export const OPERATOR: Me = { kind: "person", id: "operator", name: "operator", permissions: EVERYTHING, person: null, csrf_token: null };

/** A refusal as the API tells it. */
export const refusal = (status: number, code: string) => () => refused(status, code);

/** The first page of a file loads the whole console, which takes a busy machine longer than the usual second. */
configure({ asyncUtilTimeout: 5_000 });

export function startDesk(answers: Answers): void {
  startI18n("ru", TRANSLATIONS.ru);
  network = new FakeNetwork();
  vi.stubGlobal("WebSocket", function WebSocket(address: string) {
    return network.connect(address);
  });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const path = new URL(url, "http://desk").pathname.replace("/api/v1", "");
    const asked = init.method && init.method !== "GET" ? `${init.method} ${path}` : path;
    const answer = ({ "/desk": DESK, "/tickets": page([]), "/auth/me": OPERATOR, ...answers } as Answers)[asked];
    if (answer === undefined) return refused(404, "not_found");
    const body: unknown = typeof answer === "function" ? await answer(init.body ? JSON.parse(String(init.body)) : null) : answer;
    return body instanceof Response ? body : Response.json(body);
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
  return { user: userEvent.setup(), router };
}
