/** The iframe's side of the talk with the host page. */
import { type FrameMessage, type HostMessage, seal, unseal } from "./messages";

export interface Bridge {
  /** False where the page stands alone in a tab. */
  readonly framed: boolean;
  send(message: FrameMessage): void;
  listen(handler: (message: HostMessage) => void): void;
}

/** The origin that framed us, as the loader stated it and, where the browser can tell, as it is. */
function hostOrigin(): string | null {
  const stated = new URLSearchParams(window.location.hash.slice(1)).get("host");
  const actual = window.location.ancestorOrigins?.[0];
  if (!stated || (actual !== undefined && actual !== stated)) return null;
  return stated;
}

export function createBridge(): Bridge {
  const framed = window.parent !== window;
  const host = framed ? hostOrigin() : null;
  return {
    framed,
    send: (message) => {
      if (host) window.parent.postMessage(seal(message), host);
    },
    listen: (handler) => {
      window.addEventListener("message", (event) => {
        if (event.source !== window.parent || event.origin !== host) return;
        const message = unseal<HostMessage>(event.data);
        if (message) handler(message);
      });
    },
  };
}
