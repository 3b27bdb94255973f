/** The list that a person sees, in order, from what the conversation knows. */
import type { SenderType, Source } from "../protocol";
import { type Conversation, type Delivery, type Draft, type Item, numbered } from "./state";

export interface Entry {
  readonly key: string;
  readonly sender: SenderType;
  readonly name: string | null;
  readonly text: string;
  readonly at: string | null;
  readonly streaming: boolean;
  readonly delivery: Delivery;
  readonly failure: string | null;
  readonly clientMsgId: string | null;
  readonly sources: readonly Source[];
  readonly choices: readonly string[];
}

/** Numbered messages by ticket and seq, then the waiting ones, then what is being written; failed ones where they failed. */
export function entries(state: Conversation): Entry[] {
  const local = state.items.filter((item) => item.seq === null).sort((a, b) => a.queued - b.queued);
  const list = [
    ...numbered(state.items).map(fromItem),
    ...local.filter((item) => item.delivery === "pending").map(fromItem),
    ...state.drafts.map(fromDraft).filter((entry) => entry.text !== ""),
  ];
  for (const item of local.filter((known) => known.delivery === "failed").reverse()) {
    list.splice(list.findIndex((entry) => entry.key === item.after) + 1, 0, fromItem(item));
  }
  return list;
}

function fromItem(item: Item): Entry {
  const { key, sender, name, text, at, delivery, failure, clientMsgId, sources, choices = [] } = item;
  return { key, sender, name, text, at, delivery, failure, clientMsgId, sources, choices, streaming: false };
}

function fromDraft(draft: Draft): Entry {
  return {
    key: draft.messageId,
    sender: "ai",
    name: null,
    text: spoken(draft),
    at: null,
    streaming: true,
    delivery: "sent",
    failure: null,
    clientMsgId: null,
    sources: draft.sources,
    choices: [],
  };
}

/** The chunks without a hole from the first: text is never shown out of order. */
function spoken(draft: Draft): string {
  let text = "";
  for (let n = 0; draft.chunks[n] !== undefined; n += 1) text += draft.chunks[n];
  return text;
}

/** The person who spoke last, where nobody but the customer has spoken since. */
export function personInCharge(list: readonly Entry[]): Entry | null {
  const last = list.filter((entry) => entry.sender !== "customer" && entry.sender !== "system").at(-1);
  return last?.sender === "manager" ? last : null;
}

/** The replies that may be chosen now: those of the last entry, as long as it is the last. */
export function openChoices(list: readonly Entry[]): readonly string[] {
  return list.at(-1)?.choices ?? [];
}
