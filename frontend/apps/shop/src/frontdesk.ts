/** The shop's end of the chat widget: calls are kept until its script has come. */

type Frontdesk = ((...call: unknown[]) => void) & { q?: unknown[][] };

declare global {
  interface Window {
    frontdesk?: Frontdesk;
  }
}

function stub(): Frontdesk {
  const kept: Frontdesk = (...call) => {
    (kept.q ??= []).push(call);
  };
  return kept;
}

export function frontdesk(...call: unknown[]): void {
  window.frontdesk ??= stub();
  window.frontdesk(...call);
}

/** Opens the chat with the text in its field: the visitor reads it, and sends it or not. */
export function askInChat(text: string): void {
  frontdesk("open", { text });
}
