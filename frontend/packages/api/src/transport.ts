/** How a call goes out and what becomes of its answer; a refused one is repeated once after the sign-in was renewed. */
import type { Answer, Method, PathOf, Values } from "./calls";
import { ApiError, errorFrom } from "./errors";
import { Session } from "./session";

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface ClientOptions {
  fetch?: typeof globalThis.fetch;
  session?: Session;
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
  key?: string;
  keepalive?: boolean;
}

interface Outgoing {
  url: string;
  method: string;
  body: string | null;
  signal: AbortSignal | null;
  key: string | null;
  keepalive: boolean;
}

function outgoing(method: Method, path: string, { path: names = {}, query, body, signal, key, keepalive }: AnyValues): Outgoing {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
  return {
    url: withQuery(filled, query),
    method: method.toUpperCase(),
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
    key: key ?? null,
    keepalive: keepalive ?? false,
  };
}

export class Transport {
  protected readonly session: Session;
  private readonly fetch: typeof globalThis.fetch;

  constructor({ fetch = (...call) => globalThis.fetch(...call), session = new Session({ fetch }) }: ClientOptions = {}) {
    this.fetch = fetch;
    this.session = session;
  }

  /** As who is signed in. Where that has ended for good, the session's listeners hear of it. */
  protected async call<M extends Method, P extends PathOf<M>>(method: M, path: P, values: Values<M, P>): Promise<Answer<M, P>> {
    const request = outgoing(method, path, values);
    let response = await this.send(request);
    if (response.status === 401) {
      // What is refused also with a new token is the call's own affair, such as a challenge that has ended.
      if (await this.session.renew()) response = await this.send(request);
      else this.session.end();
    }
    return read<Answer<M, P>>(response);
  }

  /** What anybody may call: 401 is an answer like others there. */
  protected async callOpenly<M extends Method, P extends PathOf<M>>(method: M, path: P, values: Values<M, P>): Promise<Answer<M, P>> {
    return read<Answer<M, P>>(await this.send(outgoing(method, path, values)));
  }

  private async send({ url, method, body, signal, key, keepalive }: Outgoing): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== null) headers["Content-Type"] = "application/json";
    if (key !== null) headers["Idempotency-Key"] = key;
    if (method !== "GET" && this.session.csrfToken !== null) headers["X-CSRF-Token"] = this.session.csrfToken;
    try {
      return await this.fetch(url, { method, body, signal, headers, keepalive });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ApiError(0, "network", "The server cannot be reached");
    }
  }
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw await errorFrom(response);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError(response.status, "unavailable", "The answer is not JSON", null, response.headers.get("X-Request-Id"));
  }
}
