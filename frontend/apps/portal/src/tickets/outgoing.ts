/** What was written and is not in the conversation yet: shown at once, sent again under the same key where it failed. */
import type { PortalAccepted } from "@frontdesk/api";
import { useRef, useState } from "preact/hooks";
import type { NewMessage, PortalClient } from "../api";

export interface Outgoing extends NewMessage {
  key: string;
  /** Null while it is on its way. */
  failure: unknown;
}

export interface Outbox {
  waiting: Outgoing[];
  send: (message: NewMessage) => void;
  again: (key: string) => void;
  discard: (key: string) => void;
}

/** `onSent` is awaited before the message goes from here, so that it is never in neither place. */
export function useOutbox(client: PortalClient, ticket: string, onSent: (accepted: PortalAccepted) => Promise<void>): Outbox {
  const [waiting, setWaiting] = useState<Outgoing[]>([]);
  const sent = useRef(onSent);
  sent.current = onSent;
  const change = (key: string, next: Outgoing | null) =>
    setWaiting((before) => before.flatMap((one) => (one.key === key ? (next === null ? [] : [next]) : [one])));
  const deliver = async (message: Outgoing) => {
    try {
      await sent.current(await client.send(ticket, message, message.key));
      change(message.key, null);
    } catch (failure) {
      change(message.key, { ...message, failure });
    }
  };
  const send = (message: NewMessage) => {
    const outgoing = { ...message, key: crypto.randomUUID(), failure: null };
    setWaiting((before) => [...before, outgoing]);
    void deliver(outgoing);
  };
  const again = (key: string) => {
    const failed = waiting.find((one) => one.key === key);
    if (failed === undefined) return;
    const outgoing = { ...failed, failure: null };
    change(key, outgoing);
    void deliver(outgoing);
  };
  return { waiting, send, again, discard: (key) => change(key, null) };
}
