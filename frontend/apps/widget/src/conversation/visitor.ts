/** Who is at the browser, and their session: a guest signs in, a customer proves who they are, another one comes. */
import { ApiError, type Identity, proveSession, type Session } from "../api";
import { GUEST, growsInto, type Owner, ownerOf } from "./owner";
import { type Locks, SessionKeeper } from "./sessionKeeper";
import { forget, type KeyValue, load, loadSession, rename } from "./storage";

export interface VisitorPorts {
  store: KeyValue;
  locks: Locks;
  locale: () => string;
  /** Whether the conversation at hand holds anything that must not be lost. */
  hasWords: () => boolean;
  /** The conversation at hand is about to be put away: nothing of it may be kept under another name. */
  leaving: () => void;
  /** Another conversation is at hand now: this owner's. */
  changed: () => void;
}

export const PROVE_AGAIN_MS = 4_000;

export class Visitor {
  owner: Owner = GUEST;
  sessions: SessionKeeper;
  private identity: Identity | null = null;
  /** Who the page says it is, until the desk has heard of it. */
  private wanted: Identity | null = null;
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: VisitorPorts) {
    this.sessions = this.keeper();
  }

  /** The page says who is here; what has to be proven is proven as soon as the desk can be reached. */
  identify(identity: Identity | null): void {
    this.wanted = identity;
    this.settle();
  }

  /** Tries again what the network did not let through. */
  settle(): void {
    clearTimeout(this.timer);
    if (this.wanted && !this.busy) void this.attempt(this.wanted);
  }

  /** The session, opened where none stands. Raises `ApiError`. */
  async session(): Promise<Session> {
    const { sessions } = this;
    try {
      const session = await sessions.ensure();
      if (sessions !== this.sessions) throw new ApiError(0, "conflict", "");
      return session;
    } catch (error) {
      // A hash that the desk does not believe leaves a guest, who is served all the same.
      if (!isRefusal(error) || !this.identity?.identity_hash || sessions !== this.sessions) throw error;
      this.move(GUEST, null);
      return this.session();
    }
  }

  /** Nobody is known any more, and nobody's records are kept. */
  reset(): void {
    this.wanted = null;
    this.become(GUEST, null, () => forget(this.ports.store));
  }

  /** Another tab has forgotten who is here. */
  forgotten(): void {
    this.wanted = null;
    const { owner } = this;
    this.become(GUEST, null, () => forget(this.ports.store, owner));
  }

  /** The conversation of this owner is at hand from now on. */
  private become(owner: Owner, identity: Identity | null, meanwhile?: () => void): void {
    this.ports.leaving();
    meanwhile?.();
    this.take(owner, identity);
    this.ports.changed();
  }

  private async attempt(identity: Identity): Promise<void> {
    this.busy = true;
    try {
      await this.signIn(identity);
      this.done(identity);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.retryable) this.timer = setTimeout(() => this.settle(), PROVE_AGAIN_MS);
      else this.done(identity);
    } finally {
      this.busy = false;
    }
    if (this.wanted && this.wanted !== identity) this.settle();
  }

  private done(identity: Identity): void {
    if (this.wanted === identity) this.wanted = null;
  }

  /** Carries the conversation at hand over to who signs in, or takes up theirs. */
  private async signIn(identity: Identity): Promise<void> {
    const [before, after] = [this.owner, ownerOf(identity)];
    if (before === after) return;
    const theirs = loadSession(this.ports.store, after);
    const known = theirs.session !== null || load(this.ports.store, after).conversation !== null;
    const carries = growsInto(before, after) && (this.ports.hasWords() || (this.sessions.begun && !known));
    if (carries) await this.carryOver(before, after, identity);
    else if (theirs.session === null || !identity.identity_hash || theirs.proof === identity.identity_hash) {
      this.become(after, identity);
    } else await this.takeUp(after, identity, theirs.session);
  }

  private async carryOver(before: Owner, after: Owner, identity: Identity): Promise<void> {
    if (identity.identity_hash && this.sessions.begun) {
      const session = await this.sessions.ensure();
      const answer = await this.prove(session, identity);
      if (this.owner !== before) return;
      if (answer === "strange") {
        forget(this.ports.store, before);
        return this.become(after, identity);
      }
    }
    this.move(after, identity);
  }

  /** Shows a conversation that is kept here only to who has proven that it is theirs. */
  private async takeUp(after: Owner, identity: Identity, session: Session): Promise<void> {
    const before = this.owner;
    const answer = await this.prove(session, identity);
    if (this.owner !== before) return;
    if (answer === "strange") forget(this.ports.store, after);
    this.become(after, identity);
    if (answer === "proven") this.sessions.proof = identity.identity_hash ?? "";
  }

  /** `strange`: the desk does not know the session any more, or knows it as another customer's. */
  private async prove(session: Session, identity: Identity): Promise<"proven" | "strange"> {
    try {
      await proveSession(session, identity);
      return "proven";
    } catch (error) {
      if (error instanceof ApiError && [401, 404, 409].includes(error.status)) return "strange";
      throw error;
    }
  }

  /** The conversation at hand goes on under another name. */
  private move(after: Owner, identity: Identity | null): void {
    rename(this.ports.store, this.owner, after);
    this.take(after, identity);
    if (identity?.identity_hash && this.sessions.session) this.sessions.proof = identity.identity_hash;
  }

  private take(owner: Owner, identity: Identity | null): void {
    this.sessions.retire();
    this.owner = owner;
    this.identity = identity;
    this.sessions = this.keeper();
  }

  private keeper(): SessionKeeper {
    const { store, locks, locale } = this.ports;
    const { owner, identity } = this;
    return new SessionKeeper({ store, locks, owner, wish: () => ({ identity, locale: locale() }) });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
