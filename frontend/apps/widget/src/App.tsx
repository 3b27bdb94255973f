import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Desk, readDesk } from "./api";
import { Composer } from "./components/Composer";
import { Header } from "./components/Header";
import { Log } from "./components/Log";
import { Status } from "./components/Status";
import { Welcome } from "./components/Welcome";
import type { Chat, ChatView } from "./conversation/chat";
import { entries } from "./conversation/entries";
import { TEXTS } from "./i18n";
import { keepTabInside } from "./shell/focus";
import type { Bridge } from "./shell/bridge";
import { useShell } from "./shell/useShell";

function useChat(chat: Chat): ChatView {
  const [view, setView] = useState(chat.view);
  useEffect(() => {
    setView(chat.view);
    return chat.subscribe(() => setView(chat.view));
  }, [chat]);
  return view;
}

function useDesk(): Desk | null {
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    // Without it the header is plainer, nothing else.
    readDesk().then(setDesk, () => setDesk(null));
  }, []);
  return desk;
}

/** Tells the conversation when the network, another tab or the person's attention changes something. */
function useEnvironment(chat: Chat, open: boolean): void {
  useEffect(() => {
    const attend = () => chat.attend(open && document.visibilityState === "visible");
    const changed = () => chat.networkChanged();
    const stored = (event: StorageEvent) => chat.storageChanged(event.key);
    const seen = () => {
      attend();
      if (document.visibilityState === "visible") chat.shown();
    };
    attend();
    window.addEventListener("online", changed);
    window.addEventListener("offline", changed);
    window.addEventListener("storage", stored);
    document.addEventListener("visibilitychange", seen);
    return () => {
      window.removeEventListener("online", changed);
      window.removeEventListener("offline", changed);
      window.removeEventListener("storage", stored);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [chat, open]);
}

function useKeys(root: RefObject<HTMLDivElement | null>, full: boolean, bridge: Bridge): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing && bridge.framed) bridge.send({ type: "close" });
      if (event.key === "Tab" && full && root.current) keepTabInside(root.current, event);
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [root, full, bridge]);
}

export function App({ chat, bridge }: { chat: Chat; bridge: Bridge }) {
  const shell = useShell(bridge, chat);
  const view = useChat(chat);
  const desk = useDesk();
  const root = useRef<HTMLDivElement>(null);
  const t = TEXTS[shell.locale];
  const { conversation, connection, unread } = view;
  const list = entries(conversation);
  const active = list.length > 0;
  const close = () => bridge.send({ type: "close" });

  useEnvironment(chat, shell.open);
  useKeys(root, shell.full, bridge);
  useEffect(() => bridge.send({ type: "unread", count: unread }), [bridge, unread]);
  useEffect(() => bridge.send({ type: "active", active }), [bridge, active]);

  if (!shell.dressed) return null;
  return (
    <div class="app" ref={root}>
      <Header t={t} locale={shell.locale} desk={desk} onClose={bridge.framed ? close : null} />
      <Status t={t} locale={shell.locale} view={view} list={list} desk={desk} />
      {active ? (
        <Log t={t} locale={shell.locale} view={view} list={list} onRetry={(id) => chat.retry(id)} />
      ) : (
        <Welcome t={t} suggestions={shell.suggestions ?? t.suggestions} onAsk={(text) => chat.send(text)} />
      )}
      <Composer
        t={t}
        focus={shell.open && shell.focus}
        prefill={shell.prefill}
        offerPerson={!conversation.escalated}
        offline={connection === "offline"}
        onSend={(text) => chat.send(text)}
        onTyped={() => chat.typed()}
      />
    </div>
  );
}
