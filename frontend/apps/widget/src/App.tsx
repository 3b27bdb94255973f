import { useEffect, useRef, useState } from "preact/hooks";
import { type Desk, readDesk } from "./api";
import { Composer } from "./components/Composer";
import { Header } from "./components/Header";
import { Log } from "./components/Log";
import { Status, useStanding } from "./components/Status";
import { Welcome } from "./components/Welcome";
import type { Chat, ChatView } from "./conversation/chat";
import { entries } from "./conversation/entries";
import { TEXTS } from "./i18n";
import { focusField } from "./shell/focus";
import type { Bridge } from "./shell/bridge";
import { useEnvironment, useKeys, useReports } from "./shell/useEnvironment";
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

/** Everything that is shown, kept up to date. */
function useScene(chat: Chat, bridge: Bridge) {
  const shell = useShell(bridge, chat);
  const view = useChat(chat);
  const desk = useDesk();
  const list = entries(view.conversation);
  const standing = useStanding(view, list);
  return { shell, view, desk, list, standing, t: TEXTS[shell.locale], locale: shell.locale };
}

/** A person can be asked for until one has the conversation; while they are awaited, the assistant can. */
function offerOf({ conversation }: ChatView): "person" | "assistant" | null {
  if (!conversation.escalated || conversation.status === "closed") return "person";
  return conversation.next === "person" ? "assistant" : null;
}

export function App({ chat, bridge }: { chat: Chat; bridge: Bridge }) {
  const scene = useScene(chat, bridge);
  const { shell, view, list, t } = scene;
  const root = useRef<HTMLDivElement>(null);
  const active = list.length > 0;
  const offer = offerOf(view);
  // The pressed button goes with its question: the focus must not go with it.
  const choose = (text: string) => {
    chat.send(text, offer === "assistant");
    focusField(root.current);
  };
  const close = () => bridge.send({ type: "close" });

  useEnvironment(chat, shell.open);
  useKeys(root, shell.full, bridge);
  useReports(bridge, view.unread, active);

  if (!shell.dressed) return null;
  return (
    <div class="app" ref={root}>
      <Header {...scene} onClose={bridge.framed ? close : null} />
      <Status {...scene} />
      {active ? (
        <Log {...scene} onRetry={(id) => chat.retry(id)} onChoose={choose} />
      ) : (
        <Welcome t={t} suggestions={shell.suggestions ?? t.suggestions} onAsk={choose} />
      )}
      <Composer
        t={t}
        focus={shell.open && shell.focus}
        prefill={shell.prefill}
        offer={offer}
        offline={view.connection === "offline"}
        onSend={(text, toAssistant) => chat.send(text, toAssistant)}
        onTyped={() => chat.typed()}
      />
    </div>
  );
}
