import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, type RefObject } from "react";
import type { Message, ReplyDraft, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { api } from "../data/client";
import { needsYou } from "../data/filter";
import { draftQuery, keys, messagesQuery } from "../data/queries";
import { notices } from "../shared/notices";
import type { Writing } from "./useWriting";

export interface Draft {
  made: ReplyDraft | undefined;
  pending: boolean;
  error: Error | null;
  /** Puts the made draft into the field, or makes one. */
  take: () => void;
  /** Makes another in its place, as it was asked to be. */
  another: (instruction?: string) => void;
}

type Field = RefObject<HTMLTextAreaElement | null>;
type InHand = Pick<Writing, "begun" | "change">;

function lastAsked(messages: Message[] | undefined): number | null {
  return messages?.findLast(({ sender_type }) => sender_type === "customer")?.seq ?? null;
}

/** The AI's draft: it stands in the field where a person owes the answer and has not begun one. */
export function useDraft(ticket: Ticket, field: Field, { begun, change }: InHand): Draft {
  const { t } = useSpeech();
  const client = useQueryClient();
  const { data: messages } = useQuery(messagesQuery(ticket.ticket_id));
  const seq = lastAsked(messages);
  const query = useQuery({ ...draftQuery(ticket.ticket_id, seq ?? 0), enabled: seq !== null && needsYou(ticket) && !begun.touched });
  const made = query.data;

  const put = (content: string) => {
    const { text, touched } = begun;
    change({ kind: "text", text: content, touched: false });
    if (!touched || text === "") return;
    const action = { label: t("work.undo"), run: () => change({ kind: "text", text, touched: true }) };
    notices.show({ tone: "quiet", text: t("compose.replaced"), action });
  };
  const make = useMutation({
    mutationFn: (instruction: string | null) =>
      instruction === null ? api.draft(ticket.ticket_id) : api.newDraft(ticket.ticket_id, instruction),
    onSuccess: (fresh) => {
      if (seq !== null) client.setQueryData(keys.draft(ticket.ticket_id, seq), fresh);
      put(fresh.content);
    },
  });

  usePlacing(made?.content, field, { begun, change });
  return {
    made,
    pending: make.isPending || query.isFetching,
    error: make.error ?? query.error,
    take: () => (made ? put(made.content) : make.mutate(null)),
    another: (instruction = "") => make.mutate(instruction),
  };
}

/** Puts the draft into a field that nobody has touched. */
function usePlacing(content: string | undefined, field: Field, { begun: { touched, text }, change }: InHand): void {
  useEffect(() => {
    // Whoever is in the field is about to write: what comes now would stand before their first word.
    const entered = field.current !== null && field.current === document.activeElement;
    if (content !== undefined && !touched && text === "" && !entered) change({ text: content });
    // Only what the AI says moves it: the field itself is the person's.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [content]);
}
