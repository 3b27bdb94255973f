/** The desk's HTTP side in tests, at the network's edge. */
import type { Locks } from "./sessionKeeper";

/** One tab: nobody to wait for. */
export const locks: Locks = (_name, task) => task();

/** The locks of a browser: whose turn it is, all tabs agree on. */
export function sharedLocks(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return (_name, task) => {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  };
}

export interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

interface Opened {
  session_id: string;
  token: string;
  expires_at: string;
}

/** Opens one session for each key, and takes messages where a test needs the fallback. */
export class Desk {
  readonly calls: Call[] = [];
  readonly sessions = new Map<string, Opened>();
  answers: Record<string, () => Response> = {};
  /** The requests reach the desk, but what it answers is lost. */
  deaf = false;
  /** Nothing reaches the desk. */
  away = false;

  readonly fetch = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? "GET";
    if (this.away) throw new TypeError("no network");
    const call = { method, path, body: init.body, headers: init.headers as Record<string, string> };
    this.calls.push(call);
    const answer = this.answer(call);
    if (this.deaf) throw new TypeError("the network went");
    return answer;
  };

  of(method: string, end: string): Call[] {
    return this.calls.filter((call) => call.method === method && call.path.split("?")[0]?.endsWith(end));
  }

  private answer(call: Call): Response {
    const own = this.answers[`${call.method} ${call.path.split("?")[0]}`];
    if (own) return own();
    if (call.method === "PATCH") return Response.json({ session_id: call.path.split("/").at(-1) });
    return call.path.endsWith("/sessions") ? this.open(call) : Response.json({ messages: [] });
  }

  private open(call: Call): Response {
    const key = call.headers["Idempotency-Key"] ?? crypto.randomUUID();
    const id = this.sessions.size + 1;
    const opened = this.sessions.get(key) ?? { session_id: `s${id}`, token: `token${id}`, expires_at: "2099-01-01T00:00:00Z" };
    this.sessions.set(key, opened);
    return Response.json(opened, { status: 201 });
  }
}

export function refusal(status: number, code: string): Response {
  return Response.json({ error: { code, message: code, details: null, request_id: "r" } }, { status });
}
