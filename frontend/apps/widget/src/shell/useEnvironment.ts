/** What happens around the chat: the network, other tabs, attention, keys; and what the host page hears of it. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../conversation/chat";
import type { Bridge } from "./bridge";
import { keepTabInside } from "./focus";

/** A file that is dropped here would else be opened in the place of the chat. */
function keepPage(event: DragEvent): void {
  event.preventDefault();
}

/** Tells the conversation when the network, another tab or the person's attention changes something. */
export function useEnvironment(chat: Chat, open: boolean): void {
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
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
    return () => {
      window.removeEventListener("online", changed);
      window.removeEventListener("offline", changed);
      window.removeEventListener("storage", stored);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("dragover", keepPage);
      window.removeEventListener("drop", keepPage);
    };
  }, [chat, open]);
}

export function useKeys(root: RefObject<HTMLDivElement | null>, full: boolean, bridge: Bridge): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing && bridge.framed) bridge.send({ type: "close" });
      if (event.key === "Tab" && full && root.current) keepTabInside(root.current, event);
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [root, full, bridge]);
}

/** Tells the host page what it shows on its button, and whether the chat is worth loading on the next page. */
export function useReports(bridge: Bridge, unread: number, active: boolean): void {
  useEffect(() => bridge.send({ type: "unread", count: unread }), [bridge, unread]);
  useEffect(() => bridge.send({ type: "active", active }), [bridge, active]);
}
