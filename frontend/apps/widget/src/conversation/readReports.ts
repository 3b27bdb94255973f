/** Tells the desk how far the person has read, each step once. */
import { type Conversation, highest } from "./state";

export class ReadReports {
  private upTo = 0;

  /** `report` returns false where nothing could be sent. */
  constructor(private readonly report: (upToSeq: number) => boolean) {}

  seen(conversation: Conversation): void {
    const { ticketId } = conversation;
    const top = ticketId === null ? 0 : highest(conversation, ticketId);
    if (top !== this.upTo && top !== 0 && this.report(top)) this.upTo = top;
  }

  restart(): void {
    this.upTo = 0;
  }
}
