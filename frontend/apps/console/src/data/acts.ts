/** What is done to a ticket, shown at once and taken back where the desk refuses. */
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { Ticket, TicketChange } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { failureText } from "../shared/failure";
import { notices } from "../shared/notices";
import { api } from "./client";
import { keys } from "./queries";

export interface Act {
  /** How the ticket will stand. */
  expects: Partial<Ticket>;
  run: (id: string) => Promise<Ticket>;
}

const WITH_PERSON: Partial<Ticket> = { owner: "person", status: "escalated", ai_state: "silent" };

export const ACTS = {
  take_over: { expects: WITH_PERSON, run: (id) => api.takeOver(id) },
  hand_back: { expects: { owner: "ai", status: "ai_processing", ai_state: "working" }, run: (id) => api.handBack(id) },
  resolve: { expects: { status: "resolved", waiting_since: null }, run: (id) => api.changeTicket(id, { status: "resolved" }) },
  reopen: { expects: WITH_PERSON, run: (id) => api.takeOver(id) },
  wake: { expects: { snoozed_until: null, snooze_note: "" }, run: (id) => api.wake(id) },
  close: { expects: { status: "closed", waiting_since: null }, run: (id) => api.changeTicket(id, { status: "closed" }) },
} satisfies Record<string, Act>;

export type ActName = keyof typeof ACTS;

export function changing({ tags, assignee, category, intent, priority }: Omit<TicketChange, "status">): Act {
  const given = { tags, assignee, category, intent, priority };
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { expects: change as Partial<Ticket>, run: (id) => api.changeTicket(id, change) };
}

export function snoozing(until: string, note: string): Act {
  return { expects: { ...WITH_PERSON, snoozed_until: until, snooze_note: note }, run: (id) => api.snooze(id, until, note) };
}

export function updateTicket(client: QueryClient, ticket: Ticket, parts: Partial<Ticket>): void {
  for (const name of [ticket.ticket_id, ticket.ticket_number]) {
    client.setQueryData<Ticket>(keys.ticket(name), (known) => known && { ...known, ...parts });
  }
}

/** Acts on one ticket go one after the other. */
export function useAct(ticket: Ticket) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `ticket ${ticket.ticket_id}` },
    mutationFn: (act: Act) => act.run(ticket.ticket_id),
    onMutate: ({ expects }) => {
      updateTicket(client, ticket, expects);
      return Object.fromEntries(Object.keys(expects).map((field) => [field, ticket[field as keyof Ticket]])) as Partial<Ticket>;
    },
    onError: (_error, _act, before) => {
      updateTicket(client, ticket, before ?? {});
      // Somebody else may have been faster.
      void client.invalidateQueries({ queryKey: keys.ticket(ticket.ticket_id) });
    },
    onSuccess: (changed) => {
      updateTicket(client, ticket, changed);
      void client.invalidateQueries({ queryKey: keys.classifiers });
    },
  });
}

/** The same, where there is no place of its own to tell of a failure. */
export function useToldAct(ticket: Ticket): (act: Act) => void {
  const { t } = useSpeech();
  const { mutate } = useAct(ticket);
  return (act) => mutate(act, { onError: (error) => notices.show({ tone: "danger", text: t("work.failed", { why: failureText(error, t) }) }) });
}
