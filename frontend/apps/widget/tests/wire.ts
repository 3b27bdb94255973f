/** The network's edge in the tests: sockets that the test opens, feeds and breaks. */
import type { SocketPort } from "../src/conversation/socket";
import type { ClientFrame, ServerFrame } from "../src/protocol";

export class Wire implements SocketPort {
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: ClientFrame[] = [];

  constructor(
    readonly sessionId: string,
    readonly protocols: string[],
  ) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.readyState = 3;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.(new Event("open"));
  }

  say(frame: ServerFrame): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code } as CloseEvent);
  }

  of<T extends ClientFrame["type"]>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  }
}

export class Network {
  readonly wires: Wire[] = [];
  readonly connect = (sessionId: string, protocols: string[]): Wire => {
    const wire = new Wire(sessionId, protocols);
    this.wires.push(wire);
    return wire;
  };

  get last(): Wire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error("nothing has connected");
    return wire;
  }
}
