/** One change of many tickets, and the way back. */
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { BulkChange, BulkResult, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { ApiError } from "@frontdesk/api";
import { failureText } from "../shared/failure";
import { notices } from "../shared/notices";
import { applyTicket } from "./applyFrame";
import { api } from "./client";
import { streams } from "./streams";

export type Change = Omit<BulkChange, "ticket_ids">;

/** The changes that bring these tickets back to how they stood, those of one kind together, in order. */
export function wayBack(before: Ticket[], { status, priority, assignee }: Change): BulkChange[] {
  if (priority) return grouped(before, (ticket) => ({ priority: ticket.priority }));
  if (assignee !== undefined) return grouped(before, (ticket) => ({ assignee: ticket.assignee }));
  const persons = before.filter(({ owner }) => owner === "person");
  const others = before.filter(({ owner }) => owner !== "person");
  const back: Record<string, BulkChange[]> = {
    // Opened again they are a person's; those that were the AI's go on to it.
    resolved: [...of(before, { status: "escalated" }), ...of(others, { status: "ai_processing" })],
    escalated: of(others, { status: "ai_processing" }),
    ai_processing: of(persons, { status: "escalated" }),
  };
  return back[status ?? ""] ?? [];
}

function of(tickets: Ticket[], change: Change): BulkChange[] {
  return tickets.length === 0 ? [] : [{ ...change, ticket_ids: tickets.map(({ ticket_id }) => ticket_id) }];
}

function grouped(tickets: Ticket[], changeOf: (ticket: Ticket) => Change): BulkChange[] {
  const groups = new Map<string, Ticket[]>();
  for (const ticket of tickets) {
    const key = JSON.stringify(changeOf(ticket));
    groups.set(key, [...(groups.get(key) ?? []), ticket]);
  }
  return [...groups].flatMap(([key, group]) => of(group, JSON.parse(key) as Change));
}

function show(client: QueryClient, results: BulkResult[]): void {
  for (const { ticket } of results) if (ticket) applyTicket(client, streams, ticket);
}

interface Wanted {
  tickets: Ticket[];
  change: Change;
}

export function useBulk() {
  const client = useQueryClient();
  const { t, number } = useSpeech();
  const tell = (text: string, undo?: () => void) =>
    notices.show({ tone: "quiet", text, ...(undo ? { action: { label: t("work.undo"), run: undo } } : {}) });

  const undo = async (changes: BulkChange[]) => {
    const back = new Set<string>();
    try {
      for (const change of changes) {
        const results = await api.changeTickets(change);
        show(client, results);
        for (const { ok, ticket_id } of results) if (ok) back.add(ticket_id);
      }
      tell(t("bulk.undone", { n: number(back.size) }));
    } catch (error) {
      fail(error as Error);
    }
  };
  const fail = (error: Error) => notices.show({ tone: "danger", text: t("work.failed", { why: failureText(error, t) }) });

  return useMutation({
    mutationFn: ({ tickets, change }: Wanted) =>
      api.changeTickets({ ...change, ticket_ids: tickets.map(({ ticket_id }) => ticket_id) }),
    onError: fail,
    onSuccess: (results, { tickets, change }) => {
      show(client, results);
      const done = new Set(results.filter(({ ok }) => ok).map(({ ticket_id }) => ticket_id));
      const failed = results.length - done.size;
      if (done.size === 0) return fail(new ApiError(409, String(results[0]?.error?.["code"] ?? "conflict"), ""));
      const changes = wayBack(tickets.filter(({ ticket_id }) => done.has(ticket_id)), change);
      const text = failed > 0 ? t("bulk.partly", { n: number(done.size), failed: number(failed) }) : t("bulk.done", { n: number(done.size) });
      tell(text, changes.length > 0 ? () => void undo(changes) : undefined);
    },
  });
}
