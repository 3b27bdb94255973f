import { expect, test } from "vitest";
import { page, ticket } from "../testSupport";
import { flatten, mergeTicket, type TicketPages } from "./ticketList";

const list = (...pages: TicketPages["pages"]): TicketPages => ({ pages, pageParams: pages.map((_, i) => i + 1) });
const ids = (data: TicketPages) => flatten(data).map((row) => row.ticket_id);
const row = (id: string, score: number, parts = {}) => ticket({ ticket_id: id, smart_score: score, ...parts });
const later = "2026-05-01T11:00:00Z";

test("a changed ticket moves to its new place", () => {
  const data = list(page([row("a", 9), row("b", 5), row("c", 1)]));
  const next = mergeTicket(data, row("c", 7, { updated_at: later }), {});
  expect(ids(next)).toEqual(["a", "c", "b"]);
  expect(next.pages[0]?.pagination.total).toBe(3);
});

test("a new ticket takes its place and is counted", () => {
  const next = mergeTicket(list(page([row("a", 9), row("b", 5)])), row("n", 6), {});
  expect(ids(next)).toEqual(["a", "n", "b"]);
  expect(next.pages[0]?.pagination.total).toBe(3);
});

test("a ticket that no longer fits the filter leaves", () => {
  const data = list(page([row("a", 9), row("b", 5)]));
  const next = mergeTicket(data, row("a", 9, { status: "resolved", updated_at: later }), {});
  expect(ids(next)).toEqual(["b"]);
  expect(next.pages[0]?.pagination.total).toBe(1);
});

test("a ticket that never fitted changes nothing", () => {
  const data = list(page([row("a", 9)]));
  expect(mergeTicket(data, row("n", 20, { channel: "email" }), { channel: "web_chat" })).toBe(data);
});

test("below the last loaded row a new ticket waits for its page, but is counted", () => {
  const data = list(page([row("a", 9), row("b", 5)], { has_next: true, total: 80 }));
  const next = mergeTicket(data, row("n", 1), {});
  expect(ids(next)).toEqual(["a", "b"]);
  expect(next.pages[0]?.pagination.total).toBe(81);
});

test("a replayed older state does not undo a newer one", () => {
  const data = list(page([row("a", 9, { updated_at: later })]));
  expect(mergeTicket(data, row("a", 1), {})).toBe(data);
});

test("the same score is ordered by the longest waiting, then by id; nobody waiting comes last", () => {
  const data = list(
    page([row("x", 5, { waiting_since: "2026-05-01T08:00:00Z" }), row("z", 5)]),
  );
  const next = mergeTicket(data, row("y", 5, { waiting_since: "2026-05-01T09:00:00Z" }), {});
  expect(ids(next)).toEqual(["x", "y", "z"]);
});

test("pages that overlap show each ticket once", () => {
  expect(ids(list(page([row("a", 9), row("b", 5)]), page([row("b", 5), row("c", 1)])))).toEqual(["a", "b", "c"]);
});

test("the page count stays, so that loading goes on where it was", () => {
  const data = list(page([row("a", 9), row("b", 8)]), page([row("c", 7), row("d", 6)], { page: 2 }));
  const next = mergeTicket(data, row("n", 8.5), {});
  expect(next.pages.map((part) => part.tickets.map((t) => t.ticket_id))).toEqual([
    ["a", "n"],
    ["b", "c", "d"],
  ]);
});
