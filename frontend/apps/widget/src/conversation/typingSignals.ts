/** Who is writing: told by us now and then, and heard of the other side until a silence ends it. */

const TELL_EVERY_MS = 3_000;
const SILENCE_MS = { ai: 60_000, person: 8_000 };

export class TypingSignals {
  private toldAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tell: () => void,
    private readonly quiet: () => void,
  ) {}

  typed(): void {
    if (Date.now() - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = Date.now();
    this.tell();
  }

  heard(who: "ai" | "person"): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.quiet, SILENCE_MS[who]);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
