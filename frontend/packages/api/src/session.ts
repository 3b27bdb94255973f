/**
 * A browser's side of a sign-in. The tokens are in cookies that no script reads; what is held here is the token against
 * forged requests, and one renewal for however many calls were refused meanwhile, in this tab and in others.
 */
import { ApiError, errorFrom } from "./errors";

type Locks = Pick<LockManager, "request">;

export interface SessionOptions {
  fetch?: typeof globalThis.fetch;
  /** Undefined where the page came over plain HTTP: then the server's 409 tells two tabs apart. */
  locks?: Locks | undefined;
  pause?: (ms: number) => Promise<void>;
}

const LOCK = "frontdesk.refresh";
/** Another tab was first: its answer, with the cookie, may still be on the road. */
const COOKIE_COMES_MS = 500;

export class Session {
  private token: string | null = null;
  private isOver = false;
  private renewing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly fetch: typeof globalThis.fetch;
  private readonly locks: Locks | undefined;
  private readonly pause: (ms: number) => Promise<void>;

  constructor({
    fetch = (...call) => globalThis.fetch(...call),
    locks = globalThis.navigator?.locks,
    pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }: SessionOptions = {}) {
    this.fetch = fetch;
    this.locks = locks;
    this.pause = pause;
  }

  /** Whether the sign-in goes on. Rejects with an `ApiError` where the server cannot be asked now. */
  renew(): Promise<boolean> {
    this.renewing ??= this.alone().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  /** Sent with every write; null before a sign-in, and where the desk trusts its own machine. */
  get csrfToken(): string | null {
    return this.token;
  }

  /** Somebody is signed in. */
  begin(csrfToken: string | null): void {
    this.token = csrfToken;
    this.isOver = false;
  }

  /** The sign-in has ended for good; told once. */
  end(): void {
    if (this.isOver) return;
    this.leave();
    for (const listener of this.listeners) listener();
  }

  /** They signed out: what is refused from now on is no news. */
  leave(): void {
    this.token = null;
    this.isOver = true;
  }

  onEnd(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async alone(): Promise<boolean> {
    if (!this.locks) return this.refresh();
    return this.locks.request(LOCK, () => this.refresh());
  }

  private async refresh(): Promise<boolean> {
    const response = await this.ask();
    if (response.status === 401) return false;
    if (response.status === 409) {
      await this.pause(COOKIE_COMES_MS);
      return true;
    }
    if (!response.ok) throw await errorFrom(response);
    const { csrf_token: token } = (await response.json()) as { csrf_token: string };
    this.begin(token);
    return true;
  }

  private async ask(): Promise<Response> {
    try {
      return await this.fetch("/api/v1/auth/refresh", { method: "POST", headers: { Accept: "application/json" } });
    } catch {
      throw new ApiError(0, "network", "The server cannot be reached");
    }
  }
}
