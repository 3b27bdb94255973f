/** HTTP calls beside the socket. */
import { type Message, type MessageFrame, type StatusFrame, isMessage, isStatus } from "./protocol";

export interface Identity {
  customer_id?: string;
  name?: string;
  email?: string;
  phone?: string;
  identity_hash?: string;
}

/** What a session is asked for with. */
export interface SessionWish {
  identity: Identity | null;
  locale: string;
}

export interface Session {
  session_id: string;
  token: string;
  expires_at: string;
}

export interface Desk {
  name: string;
  expected_answer_seconds: number | null;
  /** How long a person usually takes, where the desk says so. */
  expected_person_seconds: number | null;
}

/** What the server said instead of an answer; `retryable` where trying again can help. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  get denied(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

/** A request that is not answered in this time is given up: a network that vanished says nothing. */
export const PATIENCE_MS = 15_000;

async function call(path: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, init);
  } catch {
    throw new ApiError(0, "unavailable", "");
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  // An answer whose body never came whole says nothing: what it was about may have been done.
  if (response.ok) throw new ApiError(0, "unavailable", "");
  const error = (body as { error?: { code?: string; message?: string } } | null)?.error;
  throw new ApiError(response.status, error?.code ?? "internal_error", error?.message ?? "");
}

export async function readDesk(): Promise<Desk> {
  const desk = (await call("/desk")) as Partial<Desk> | null;
  return {
    name: desk?.name ?? "",
    expected_answer_seconds: desk?.expected_answer_seconds ?? null,
    expected_person_seconds: desk?.expected_person_seconds ?? null,
  };
}

/** Opens a session; the same key and wish open the same one, however often they are sent. */
export async function openSession({ identity, locale }: SessionWish, key: string, signal: AbortSignal): Promise<Session> {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
  const body = JSON.stringify({ ...statement(identity), locale });
  return (await call("/sessions", { method: "POST", headers, body, signal })) as Session;
}

/** Shows the desk who the visitor of a running session is. Raises `ApiError`: 401 where it does not believe it. */
export async function proveSession(session: Session, identity: Identity): Promise<void> {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${session.token}` };
  const path = `/sessions/${encodeURIComponent(session.session_id)}`;
  await call(path, { method: "PATCH", headers, body: JSON.stringify(statement(identity)), signal: AbortSignal.timeout(PATIENCE_MS) });
}

function statement(identity: Identity | null): { customer?: object; identity_hash?: string } {
  const { identity_hash, ...customer } = identity ?? {};
  return {
    ...(Object.keys(customer).length > 0 ? { customer } : {}),
    ...(identity_hash ? { identity_hash } : {}),
  };
}

function messagesPath(session: Session): string {
  return `/chat/sessions/${encodeURIComponent(session.session_id)}/messages`;
}

/** What the desk tells over HTTP: messages, and how their ticket stands. */
export interface Told {
  messages: Message[];
  status: StatusFrame | null;
}

function readTold(body: unknown): Told {
  const told = body as { messages?: unknown[]; status?: unknown };
  return { messages: (told.messages ?? []).filter(isMessage), status: isStatus(told.status) ? told.status : null };
}

/** Sends without a socket: returns once the answer is finished. */
export async function postMessage(session: Session, message: MessageFrame): Promise<Told> {
  const form = new FormData();
  for (const [name, value] of Object.entries(message)) if (name !== "type") form.set(name, value);
  const headers = { Authorization: `Bearer ${session.token}` };
  return readTold(await call(messagesPath(session), { method: "POST", headers, body: form }));
}

export async function listMessages(session: Session, afterSeq: number): Promise<Told> {
  const headers = { Authorization: `Bearer ${session.token}` };
  return readTold(await call(`${messagesPath(session)}?after_seq=${afterSeq}`, { headers }));
}
