/** The one store of what is on its way out, tied to the desk. */
import { ApiError, type Message } from "@frontdesk/api";
import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { mergeMessage } from "./applyFrame";
import { begunReplies } from "../compose/begun";
import { api, live } from "./client";
import { useMe } from "./me";
import { DeliveryFailure, OutgoingStore, type Outgoing } from "./outgoing";
import { keys } from "./queries";

let cache: QueryClient | null = null;

export const outgoing = new OutgoingStore({
  deliver,
  newKey: () => crypto.randomUUID(),
  now: Date.now,
  storage: {
    getItem: (key) => sessionStorage.getItem(key),
    setItem: (key, value) => sessionStorage.setItem(key, value),
  },
});

async function deliver({ ticketId, kind, content, after, macro, key }: Outgoing, leaving: boolean): Promise<void> {
  try {
    show(await api.write(ticketId, { kind, content }, key, leaving));
    if (macro) await doMacro(ticketId, macro.macro_id);
    if (after === "resolve") await api.changeTicket(ticketId, { status: "resolved" });
    if (after === "hand_back") await api.handBack(ticketId);
  } catch (error) {
    throw new DeliveryFailure(error instanceof ApiError ? error.code : "internal_error");
  }
}

/** One that was deleted meanwhile does nothing: what it said is said. */
async function doMacro(ticketId: string, macroId: string): Promise<void> {
  try {
    await api.doMacro(ticketId, macroId);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

/** Its frame may come later, or be missed where the socket is away. */
function show(message: Message): void {
  cache?.setQueryData<Message[]>(keys.messages(message.ticket_id), (known) => known && mergeMessage(known, message).messages);
}

export function useOutgoing(ticketId: string): readonly Outgoing[] {
  return useSyncExternalStore(outgoing.subscribe, () => outgoing.of(ticketId));
}

const OWNER_KEY = "fd.writer";

/** Words are sent under the name of who wrote them, or not at all. */
function keepOf(person: string): void {
  try {
    if (sessionStorage.getItem(OWNER_KEY) === person) return outgoing.resume();
    sessionStorage.setItem(OWNER_KEY, person);
  } catch {
    // Storage is forbidden: nothing was kept.
  }
  outgoing.clear();
  begunReplies.clear();
}

/** While the console is open: takes up what was left, sends what the network kept back, and all of it when the page goes. */
export function useSender(client: QueryClient): void {
  const person = useMe()?.id;
  useEffect(() => {
    if (person !== undefined) keepOf(person);
  }, [person]);
  useEffect(() => {
    cache = client;
    const stopStatus = live.onStatus((status) => {
      if (status === "open") outgoing.retryUnreached();
    });
    const online = () => outgoing.retryUnreached();
    window.addEventListener("online", online);
    const leave = () => outgoing.leave();
    window.addEventListener("pagehide", leave);
    return () => {
      stopStatus();
      window.removeEventListener("online", online);
      window.removeEventListener("pagehide", leave);
      cache = null;
    };
  }, [client]);
}
