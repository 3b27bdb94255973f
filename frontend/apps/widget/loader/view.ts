/** The button, the badge and the empty panel on the host page. */
import { toLocale } from "../src/i18nLocale";
import { inkOn, parseHex } from "../src/shell/color";
import type { Settings } from "./settings";
import { STYLES } from "./styles";

const WORDS = {
  ru: { open: "Открыть чат", close: "Закрыть чат", unread: "непрочитанных", panel: "Чат с поддержкой" },
  kk: { open: "Чатты ашу", close: "Чатты жабу", unread: "оқылмаған", panel: "Қолдау қызметінің чаты" },
  en: { open: "Open chat", close: "Close chat", unread: "unread", panel: "Chat with support" },
};

const TALK =
  '<svg class="talk" aria-hidden="true" width="26" height="26" viewBox="0 0 24 24" fill="currentColor"><path d="M12 3.5c-5 0-9 3.4-9 7.7 0 2.5 1.4 4.7 3.5 6.1-.1 1-.5 2-1.2 2.9-.2.3 0 .7.4.7 1.8-.1 3.4-.7 4.7-1.8.5.1 1.1.1 1.6.1 5 0 9-3.5 9-8s-4-7.7-9-7.7z"/></svg>';
const SHUT =
  '<svg class="shut" aria-hidden="true" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M6 9.5l6 6 6-6"/></svg>';

export class View {
  readonly button = document.createElement("button");
  private readonly host = document.createElement("div");
  private readonly root = document.createElement("div");
  private readonly panel = document.createElement("div");
  private readonly badge = document.createElement("span");
  private opened = false;
  private unread = 0;

  constructor(private readonly settings: Settings) {
    const shadow = this.host.attachShadow({ mode: "open" });
    dress(shadow);
    this.host.id = "frontdesk";
    this.root.className = `root ${settings.side}`;
    this.button.type = "button";
    this.button.innerHTML = TALK + SHUT;
    this.button.dataset["testid"] = "fd-launcher";
    this.badge.className = "badge";
    this.badge.setAttribute("aria-hidden", "true");
    this.panel.className = "panel";
    this.panel.innerHTML = '<div class="wait"><i></i><i></i><i></i><i></i><i></i></div>';
    this.panel.setAttribute("role", "dialog");
    this.button.append(this.badge);
    this.root.append(this.panel, this.button);
    shadow.append(this.root);
    this.refresh();
  }

  mount(): void {
    document.body.append(this.host);
  }

  hold(frame: HTMLIFrameElement): void {
    this.panel.append(frame);
  }

  ready(): void {
    this.root.classList.add("ready");
  }

  show(opened: boolean, full: boolean): void {
    this.opened = opened;
    this.root.classList.toggle("open", opened);
    this.root.classList.toggle("full", full);
    this.panel.toggleAttribute("inert", !opened);
    this.panel.setAttribute("aria-modal", String(full));
    this.refresh();
  }

  count(unread: number): void {
    this.unread = unread;
    this.refresh();
  }

  /** The visible height over a phone's keyboard. */
  setHeight(pixels: number): void {
    this.root.style.setProperty("--height", `${pixels}px`);
  }

  refresh(): void {
    const { color, scheme, locale } = this.settings.look;
    const words = WORDS[toLocale(locale, ...navigator.languages)];
    const dark = scheme === "dark" || (scheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    const paint = color && parseHex(color) ? color : dark ? "#eceef0" : "#0b0d0e";
    this.root.style.setProperty("--paint", paint);
    this.root.style.setProperty("--ink", inkOn(paint));
    this.root.classList.toggle("dark", dark);
    const label = this.opened ? words.close : words.open;
    this.button.setAttribute("aria-label", this.unread > 0 ? `${label} (${words.unread}: ${this.unread})` : label);
    this.button.setAttribute("aria-expanded", String(this.opened));
    this.panel.setAttribute("aria-label", words.panel);
    this.badge.textContent = this.unread > 9 ? "9+" : String(this.unread);
    this.badge.hidden = this.unread === 0 || this.opened;
  }
}

/** A constructed sheet is allowed where the host's policy forbids inline styles. */
function dress(shadow: ShadowRoot): void {
  if ("adoptedStyleSheets" in shadow && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement("style");
  style.textContent = STYLES;
  shadow.append(style);
}
