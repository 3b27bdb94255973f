/**
 * The one script of the host page:
 *
 *   <script async src="https://desk.example/widget.js" data-locale="ru" data-color="#0a6e78"></script>
 *
 * Calls before it has loaded are kept where the page has the stub:
 *
 *   window.frontdesk = window.frontdesk || function () { (frontdesk.q = frontdesk.q || []).push(arguments) };
 */
import { readSettings } from "./settings";
import { type BootOptions, Widget } from "./widget";
import type { Identity } from "../src/api";

type Call = ArrayLike<unknown>;
type Frontdesk = ((...call: unknown[]) => void) & { q?: Call[]; loaded?: boolean };

declare global {
  interface Window {
    frontdesk?: Frontdesk;
  }
}

function commandsOf(widget: Widget): Record<string, (argument: never, second: never) => void> {
  return {
    boot: (options: BootOptions) => widget.boot(options),
    identify: (identity: Identity) => widget.identify(identity),
    open: (options?: { text?: string }) => widget.open(options),
    close: () => widget.close(),
    toggle: () => widget.toggle(),
    locale: (locale: string) => widget.locale(locale),
    theme: (theme: { color?: string; scheme?: string }) => widget.theme(theme),
    reset: () => widget.reset(),
    on: (event: string, listener: (unread: number) => void) => widget.on(event, listener),
  };
}

/** Shown to the page's author, but not thrown at the caller: a newer page must not break over an older widget. */
function fault(text: string): void {
  setTimeout(() => {
    throw new Error(text);
  });
}

function install(script: HTMLScriptElement): void {
  const widget = new Widget(readSettings(script));
  const commands = commandsOf(widget);
  const run = (call: Call) => {
    const command = commands[String(call[0])];
    if (command) command(call[1] as never, call[2] as never);
    else fault(`frontdesk: there is no command "${String(call[0])}"`);
  };
  const kept = window.frontdesk?.q ?? [];
  const api: Frontdesk = (...call) => run(call);
  api.loaded = true;
  window.frontdesk = api;
  // What the page said before comes first, so that the panel opens as the right person.
  for (const call of kept) run(call);
  widget.start();
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.frontdesk?.loaded) {
  if (document.body) install(script);
  else document.addEventListener("DOMContentLoaded", () => install(script));
}
