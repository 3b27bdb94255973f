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

  constructor(private readonly ports: FallbackPorts) {}

  /** Returns once the message and its answer are shown. Raises `ApiError`. */
  async send(item: Item): Promise<void> {
    const session = await this.ports.session();
    try {
      this.ports.show(await postMessage(session, messageOf(item)));
      // The answer need not repeat the question; its number is what makes it sent.
      if (!this.taken(item)) await this.fetchNew(session);
      if (!this.taken(item)) throw new ApiError(500, "internal_error", "");
    } catch (error) {
      throw this.checked(error);
    }
  }

  /** Looks every few seconds while `wanted`. */
  poll(wanted: boolean): void {
    clearTimeout(this.timer);
    if (wanted) this.timer = setTimeout(() => void this.look(), POLL_MS);
  }

  private async look(): Promise<void> {
    try {
      await this.fetchNew(await this.ports.session());
    } catch (error) {
      this.checked(error);
    }
    this.poll(true);
  }

  private async fetchNew(session: Session): Promise<void> {
    const { ticketId } = this.ports.conversation();
    this.ports.show(await listMessages(session, cursor(this.ports.conversation(), ticketId)));
    // The list is of the newest ticket: where that is another one, it is read from its start.
    if (this.ports.conversation().ticketId === ticketId) return;
    this.ports.show(await listMessages(session, 0));
  }

  private taken(item: Item): boolean {
    return this.ports.conversation().items.some((known) => known.key === item.key && known.seq !== null);
  }

  private checked(error: unknown): ApiError {
    if (!(error instanceof ApiError)) throw error;
    if (error.denied) this.ports.denied();
    return error;
  }
}
