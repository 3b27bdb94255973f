/** The network's edge in tests: sockets that the test opens, feeds and breaks. */
import type { SocketPort } from "./reconnectingSocket";

export class FakeSocket<Incoming = unknown, Outgoing extends { type: string } = { type: string }> implements SocketPort {
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: Outgoing[] = [];

  constructor(
    readonly address: string,
    readonly protocols: string[] = [],
  ) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Outgoing);
  }

  close(): void {
    this.readyState = 3;
  }

  /** The server takes the connection. */
  accept(): void {
    this.readyState = 1;
    this.onopen?.(new Event("open"));
  }

  deliver(frame: Incoming): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }

  /** The connection breaks. */
  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code } as CloseEvent);
  }

  sentOf<T extends Outgoing["type"]>(type: T): Extract<Outgoing, { type: T }>[] {
    return this.sent.filter((frame): frame is Extract<Outgoing, { type: T }> => frame.type === type);
  }
}

export class FakeNetwork<Incoming = unknown, Outgoing extends { type: string } = { type: string }> {
  readonly sockets: FakeSocket<Incoming, Outgoing>[] = [];

  readonly connect = (address: string, protocols: string[] = []): FakeSocket<Incoming, Outgoing> => {
    const socket = new FakeSocket<Incoming, Outgoing>(address, protocols);
    this.sockets.push(socket);
    return socket;
  };

  get last(): FakeSocket<Incoming, Outgoing> {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("nothing has connected");
    return socket;
  }
}
