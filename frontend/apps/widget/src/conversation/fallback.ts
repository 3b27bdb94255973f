/** The road without a socket: a message waits for its answer, and a slow look finds what a person wrote. */
import { ApiError, listMessages, postMessage, type Session, type Told } from "../api";
import { messageOf } from "./outbox";
import { type Conversation, cursor, type Item } from "./state";

export const POLL_MS = 5_000;

export interface FallbackPorts {
  session: () => Promise<Session>;
  conversation: () => Conversation;
  show: (told: Told) => void;
  denied: () => void;
}

export class Fallback {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A look that is stopped while it is under way does not begin the next one. */
  private wanted = false;
  /** Counts the conversations: what is under way belongs to the one in which it began. */
  private era = 0;

  constructor(private readonly ports: FallbackPorts) {}

  /** Returns once the message and its answer are shown. Raises `ApiError`. */
  async send(item: Item): Promise<void> {
    const { era } = this;
    try {
      const session = await this.ports.session();
      this.show(era, await postMessage(session, messageOf(item)));
      // The answer need not repeat the question; its number is what makes it sent.
      if (!this.taken(item)) await this.fetchNew(era, session);
      if (!this.taken(item)) throw new ApiError(500, "internal_error", "");
    } catch (error) {
      throw this.checked(era, error);
    }
  }

  /** Looks every few seconds while `wanted`. */
  poll(wanted: boolean): void {
    this.wanted = wanted;
    clearTimeout(this.timer);
    if (wanted) this.timer = setTimeout(() => void this.look(), POLL_MS);
  }

  /** Another conversation is at hand from now on: nothing that is still under way is shown in it. */
  leave(): void {
    this.era += 1;
    this.poll(false);
  }

  private async look(): Promise<void> {
    const { era } = this;
    try {
      await this.fetchNew(era, await this.ports.session());
    } catch (error) {
      this.checked(era, error);
    }
    this.poll(this.wanted);
  }

  private async fetchNew(era: number, session: Session): Promise<void> {
    const { ticketId } = this.ports.conversation();
    this.show(era, await listMessages(session, cursor(this.ports.conversation(), ticketId)));
    // The list is of the newest ticket: where that is another one, it is read from its start.
    if (this.ports.conversation().ticketId === ticketId) return;
    this.show(era, await listMessages(session, 0));
  }

  private show(era: number, told: Told): void {
    if (era !== this.era) throw new ApiError(0, "conflict", "");
    this.ports.show(told);
  }

  private taken(item: Item): boolean {
    return this.ports.conversation().items.some((known) => known.key === item.key && known.seq !== null);
  }

  private checked(era: number, error: unknown): ApiError {
    if (!(error instanceof ApiError)) throw error;
    if (error.denied && era === this.era) this.ports.denied();
    return error;
  }
}
