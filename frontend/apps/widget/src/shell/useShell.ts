/** What the host page decides: language, look, whether the panel is open, who the person is. */
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../conversation/chat";
import { type Locale, toLocale } from "../i18n";
import type { Bridge } from "./bridge";
import { inkOn, parseHex } from "./color";
import type { HostMessage, Look, Scheme } from "./messages";

export interface Shell {
  /** False until the host has said how the chat is to look: nothing is shown in a wrong language or colour. */
  dressed: boolean;
  locale: Locale;
  open: boolean;
  /** Covers the whole screen: the phone's form. */
  full: boolean;
  /** Whether the field takes the focus when the panel opens. */
  focus: boolean;
  suggestions: string[] | null;
  /** Text that the host put into the composer; the number changes with each wish. */
  prefill: { text: string; wish: number };
}

const START: Shell = {
  dressed: false,
  locale: "ru",
  open: false,
  full: false,
  focus: true,
  suggestions: null,
  prefill: { text: "", wish: 0 },
};

export function useShell(bridge: Bridge, chat: Chat): Shell {
  const [shell, setShell] = useState<Shell>(START);
  useEffect(() => {
    const change = (part: Partial<Shell>) => setShell((now) => ({ ...now, ...part }));
    const dress = (look: Look) => {
      const locale = toLocale(look.locale, ...navigator.languages);
      applyLook(look.color, look.scheme, locale);
      change({ dressed: true, locale, suggestions: look.suggestions });
      chat.setLocale(locale);
      return locale;
    };
    bridge.listen((message) => obey(message, { change, dress, chat, setShell }));
    if (!bridge.framed) standAlone(dress, change, chat);
    bridge.send({ type: "ready" });
  }, [bridge, chat]);
  return shell;
}

interface Means {
  change: (part: Partial<Shell>) => void;
  dress: (look: Look) => Locale;
  chat: Chat;
  setShell: (change: (now: Shell) => Shell) => void;
}

function obey(message: HostMessage, { change, dress, chat, setShell }: Means): void {
  switch (message.type) {
    case "setup":
      chat.boot(message.identity, dress(message.look));
      return;
    case "look":
      dress(message.look);
      return;
    case "identify":
      chat.identify(message.identity);
      return;
    case "reset":
      chat.reset();
      return;
    case "visible": {
      const { open, full, text, focus } = message;
      if (text === null) change({ open, full, focus });
      else setShell((now) => ({ ...now, open, full, focus, prefill: { text, wish: now.prefill.wish + 1 } }));
    }
  }
}

/** Opened as a page of its own: settings come from the address. */
function standAlone(dress: Means["dress"], change: Means["change"], chat: Chat): void {
  const query = new URLSearchParams(window.location.search);
  const look: Look = { locale: query.get("locale"), color: query.get("color"), scheme: "auto", suggestions: null };
  chat.boot(null, dress(look));
  change({ open: true, full: false });
}

function applyLook(color: string | null, scheme: Scheme, locale: Locale): void {
  const root = document.documentElement;
  const dark = scheme === "dark" || (scheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.lang = locale;
  root.dataset["theme"] = dark ? "dark" : "light";
  if (color && parseHex(color)) {
    root.style.setProperty("--accent", color.trim());
    root.style.setProperty("--on-accent", inkOn(color));
  } else {
    root.style.removeProperty("--accent");
    root.style.removeProperty("--on-accent");
  }
}
