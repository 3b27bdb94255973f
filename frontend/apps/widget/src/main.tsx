import { render } from "preact";
import { App } from "./App";
import { Chat } from "./conversation/chat";
import { browserLocks } from "./conversation/sessionKeeper";
import { browserStore } from "./conversation/storage";
import { createBridge } from "./shell/bridge";
import "@frontdesk/ui/tokens.css";
import "@frontdesk/ui/fonts.css";
import "./styles/base.css";
import "./styles/log.css";
import "@frontdesk/markdown/preact.css";
import "./styles/composer.css";

function socketUrl(path: string): string {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${window.location.host}${path}`;
}

const chat = new Chat({
  store: browserStore(),
  locks: browserLocks,
  connect: (path, protocols) => new WebSocket(socketUrl(path), protocols),
  isOnline: () => navigator.onLine,
});
const bridge = createBridge();
const root = document.getElementById("app");

if (root) render(<App chat={chat} bridge={bridge} />, root);
