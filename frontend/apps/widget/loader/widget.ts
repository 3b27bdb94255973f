/** What the host page can do with the widget, and what the iframe may ask of the page. */
import type { Identity } from "../src/api";
import { type FrameMessage, type HostMessage, seal, unseal } from "../src/shell/messages";
import { memory } from "./memory";
import { type Settings, toScheme } from "./settings";
import { View } from "./view";

/** Too narrow or too low for a panel: the chat takes the whole screen. */
const PHONE = "(max-width: 480px), (max-height: 480px)";

export interface BootOptions {
  locale?: string;
  color?: string;
  scheme?: string;
  suggestions?: string[];
  open?: boolean;
}

export class Widget {
  private readonly view: View;
  private frame: HTMLIFrameElement | null = null;
  private frameReady = false;
  private opened = false;
  private identity: Identity | null = null;
  private text: string | null = null;
  private mustForget = false;
  private grabs = true;
  private overflow = "";
  private cameFrom: Element | null = null;
  private readonly listeners: ((unread: number) => void)[] = [];

  constructor(private readonly settings: Settings) {
    this.view = new View(settings);
    this.view.button.addEventListener("click", () => (this.opened ? this.close() : this.open()));
    window.addEventListener("message", (event) => this.receive(event));
    matchMedia(PHONE).addEventListener("change", () => this.opened && this.show(true));
    window.visualViewport?.addEventListener("resize", () => this.fitKeyboard());
  }

  start(): void {
    this.view.mount();
    if (this.opened) return;
    if (memory.wasOpen() && !matchMedia(PHONE).matches) this.reopen();
    else if (memory.isActive()) whenIdle(() => this.load());
  }

  boot(options: BootOptions = {}): void {
    const { look } = this.settings;
    const { locale, color, scheme, suggestions, open } = options;
    this.restyle({
      locale: locale ?? look.locale,
      color: color ?? look.color,
      scheme: scheme === undefined ? look.scheme : toScheme(scheme),
      suggestions: suggestions ?? look.suggestions,
    });
    if (open) this.open();
  }

  identify(identity: Identity): void {
    this.identity = identity;
    this.tell({ type: "identify", identity });
  }

  open(options: { text?: string } = {}): void {
    this.text = options.text ?? this.text;
    this.grabs = true;
    if (!this.opened) this.cameFrom = document.activeElement;
    this.load();
    this.show(true);
  }

  /** The panel was open on the page before: it is there again, but the new page keeps the focus. */
  private reopen(): void {
    this.grabs = false;
    this.load();
    this.show(true);
  }

  close(): void {
    if (!this.opened) return;
    this.show(false);
    const before = this.cameFrom instanceof HTMLElement && this.cameFrom !== document.body ? this.cameFrom : null;
    (before?.isConnected && !before.shadowRoot ? before : this.view.button).focus({ preventScroll: true });
  }

  toggle(): void {
    if (this.opened) this.close();
    else this.open();
  }

  locale(locale: string): void {
    this.restyle({ ...this.settings.look, locale });
  }

  theme(theme: { color?: string; scheme?: string }): void {
    this.boot(theme.scheme === undefined ? { ...theme } : theme);
  }

  /** Sign-out: closes the panel and forgets everyone. */
  reset(): void {
    this.identity = null;
    this.show(false);
    memory.setActive(false);
    this.received({ type: "unread", count: 0 });
    // Stored conversations are the iframe's: it is loaded, if need be, to forget them.
    this.mustForget = !this.frameReady;
    this.load();
    this.tell({ type: "reset" });
  }

  on(event: string, listener: (unread: number) => void): void {
    if (event === "unread") this.listeners.push(listener);
  }

  private restyle(look: Settings["look"]): void {
    this.settings.look = look;
    this.view.refresh();
    this.tell({ type: "look", look });
  }

  private load(): void {
    if (this.frame) return;
    const frame = document.createElement("iframe");
    frame.src = `${this.settings.origin}/widget/#host=${encodeURIComponent(window.location.origin)}`;
    frame.title = "Frontdesk";
    this.frame = frame;
    this.view.hold(frame);
  }

  private show(opened: boolean): void {
    const full = matchMedia(PHONE).matches;
    if (opened !== this.opened) this.lockPage(opened && full);
    this.opened = opened;
    memory.setOpen(opened);
    this.view.show(opened, full);
    this.fitKeyboard();
    this.tell({ type: "visible", open: opened, full, text: this.takeText(), focus: this.grabs });
    if (opened && this.grabs && this.frameReady) this.frame?.focus();
  }

  /** The page behind a full screen must not scroll; it gets back what it had. */
  private lockPage(lock: boolean): void {
    const { style } = document.documentElement;
    if (lock) this.overflow = style.overflow;
    style.overflow = lock ? "hidden" : this.overflow;
  }

  private fitKeyboard(): void {
    const viewport = window.visualViewport;
    if (viewport && this.opened) this.view.setHeight(viewport.height);
  }

  private takeText(): string | null {
    if (!this.frameReady) return null;
    const text = this.text;
    this.text = null;
    return text;
  }

  private tell(message: HostMessage): void {
    if (this.frameReady) this.frame?.contentWindow?.postMessage(seal(message), this.settings.origin);
  }

  private receive(event: MessageEvent): void {
    if (event.origin !== this.settings.origin || !this.frame || event.source !== this.frame.contentWindow) return;
    const message = unseal<FrameMessage>(event.data);
    if (message) this.received(message);
  }

  private received(message: FrameMessage): void {
    switch (message.type) {
      case "ready":
        this.frameReady = true;
        this.view.ready();
        if (this.mustForget) this.tell({ type: "reset" });
        this.tell({ type: "setup", look: this.settings.look, identity: this.identity });
        if (this.opened) this.show(true);
        return;
      case "close":
        this.close();
        return;
      case "active":
        memory.setActive(message.active);
        return;
      case "unread":
        this.view.count(message.count);
        if (this.settings.title) markTitle(message.count);
        for (const listener of this.listeners) listener(message.count);
    }
  }
}

/** "(2) Title", and the plain title again: what the host has set meanwhile stays. */
function markTitle(unread: number): void {
  const plain = document.title.replace(/^\(\d+\) /, "");
  document.title = unread > 0 ? `(${unread}) ${plain}` : plain;
}

function whenIdle(action: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(action, { timeout: 3000 });
  else setTimeout(action, 1500);
}
