/** One owner's session: opened at most once at a time, and once in all, whatever the network, the page and other tabs do. */
import { ApiError, openSession, PATIENCE_MS, type Session, type SessionWish } from "../api";
import { newId } from "./id";
import type { Owner } from "./owner";
import { type KeptSession, type KeyValue, loadSession, saveSession } from "./storage";

/** Runs one task at a time among all tabs of a browser; where there are no locks, at once. */
export type Locks = <T>(name: string, task: () => Promise<T>) => Promise<T>;

export interface SessionKeeperOptions {
  store: KeyValue;
  locks: Locks;
  owner: Owner;
  wish: () => SessionWish;
}

/** A session this near to its end is not begun with any more. */
const LEAST_LIFE_MS = 60_000;

export class SessionKeeper {
  private kept: KeptSession;
  private opening: Promise<Session> | null = null;
  private request: AbortController | null = null;
  private retired = false;

  constructor(private readonly options: SessionKeeperOptions) {
    this.kept = loadSession(options.store, options.owner);
  }

  /** The session that stands, if one does. */
  get session(): Session | null {
    const { session } = this.kept;
    return session && Date.parse(session.expires_at) > Date.now() + LEAST_LIFE_MS ? session : null;
  }

  /** The id of the session that was used last, also where it has ended. */
  get lastId(): string | null {
    return this.kept.session?.session_id ?? null;
  }

  /** The hash by which the desk believed who this is. */
  set proof(hash: string) {
    this.keep({ ...this.kept, proof: hash });
  }

  /** Whether the desk may know of a session, also of one whose token never reached us. */
  get begun(): boolean {
    return this.session !== null || this.kept.attempt !== null;
  }

  /** The session, opened where none stands; all who ask meanwhile get the same one. Raises `ApiError`. */
  ensure(): Promise<Session> {
    if (this.session) return Promise.resolve(this.session);
    this.opening ??= this.options
      .locks(`frontdesk:session:${this.options.owner}`, () => this.open())
      .finally(() => (this.opening = null));
    return this.opening;
  }

  /** The network changed: an answer that is under way may never come, so the request is repeated by the next who asks. */
  interrupt(): void {
    this.request?.abort();
  }

  /** Another keeper has the records now: what still comes in here is not kept. */
  retire(): void {
    this.retired = true;
    this.interrupt();
  }

  /** The desk no longer knows this session; another tab may have a new one already. */
  drop(sessionId: string): void {
    this.refresh();
    if (this.kept.session?.session_id === sessionId) this.keep({ session: null, attempt: null, proof: null });
  }

  /** Takes what another tab has kept. */
  refresh(): void {
    const stored = loadSession(this.options.store, this.options.owner);
    if (stored.session ?? stored.attempt) this.kept = stored;
  }

  private async open(): Promise<Session> {
    this.refresh();
    if (this.session) return this.session;
    const { key, wish } = this.begin();
    this.request = new AbortController();
    const patience = setTimeout(() => this.request?.abort(), PATIENCE_MS);
    try {
      const session = await openSession(wish, key, this.request.signal);
      this.keep({ session, attempt: null, proof: wish.identity?.identity_hash ?? null });
      return session;
    } catch (error) {
      if (isFinal(error)) this.keep({ session: null, attempt: null, proof: null });
      throw error;
    } finally {
      clearTimeout(patience);
      this.request = null;
    }
  }

  /** The attempt under way, or a new one; kept before it leaves, so that a page that dies meanwhile repeats it. */
  private begin(): { key: string; wish: SessionWish } {
    const attempt = this.kept.attempt ?? { key: newId(), wish: this.options.wish() };
    this.keep({ session: null, attempt, proof: null });
    this.refresh();
    return this.kept.attempt ?? attempt;
  }

  private keep(kept: KeptSession): void {
    this.kept = kept;
    if (!this.retired) saveSession(this.options.store, this.options.owner, kept);
  }
}

/** Whether repeating the same request is vain. A conflict is none: the first one of its key is still running. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && !error.retryable && error.status !== 409;
}

export const browserLocks: Locks = (name, task) => {
  // Outside a secure context there are no locks; the kept attempt's key then makes the tabs' requests one.
  const manager = navigator.locks as LockManager | undefined;
  return manager ? (manager.request(name, task) as ReturnType<typeof task>) : task();
};
