import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Ticket } from "@frontdesk/api";
import { open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { event, message, page, ticket } from "../testSupport";

afterEach(stopDesk);

const MINE = { owner: "person", status: "escalated" } as const;

function openTicket(parts: Partial<Ticket>, answers: Answers = {}) {
  startDesk({
    "/tickets/t-1": ticket({ ...MINE, ...parts }),
    "/tickets/t-1/messages": { messages: [message()], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    ...answers,
  });
  return open("/tickets/t-1");
}

test("one press puts a ticket off, with what to do then, and the notice brings it back", async () => {
  const asked: unknown[] = [];
  const { user } = await openTicket({}, {
    "POST /tickets/t-1/snooze": (body: { until: string; note: string }) => {
      asked.push(body.note);
      return ticket({ ...MINE, snoozed_until: body.until, snooze_note: body.note });
    },
    "DELETE /tickets/t-1/snooze": () => (asked.push("wake"), ticket(MINE)),
  });
  await screen.findByRole("button", { name: "Решено" });
  await user.keyboard("z");
  await user.type(await screen.findByRole("textbox", { name: "Что сделать потом" }), "Спросить курьера");
  await user.click(screen.getByRole("button", { name: /^До завтрашнего утра/ }));
  expect(await screen.findByText(/^Отложено до завтра, 09:00$/, { selector: "span" })).toBeTruthy();
  await user.click(await screen.findByRole("button", { name: "Отменить" }));
  await waitFor(() => expect(asked).toEqual(["Спросить курьера", "wake"]));
});

test("a refusal stands in the sheet", async () => {
  const { user } = await openTicket({}, { "POST /tickets/t-1/snooze": refusal(409, "conflict") });
  await screen.findByRole("button", { name: "Решено" });
  await user.keyboard("z");
  await user.click(await screen.findByRole("button", { name: /^На час/ }));
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(screen.getByRole("dialog", { name: "Отложить T-000001" })).toBeTruthy();
});

test("the timeline tells who put it off, until when, what for, and what woke it", async () => {
  const until = new Date(Date.now() + 90_000_000).toISOString();
  const events = [
    event("snoozed", "2026-05-01T11:00:00Z", { actor: "Dana", actor_kind: "person", data: { until, note: "Спросить курьера" } }),
    event("woken", "2026-05-01T12:00:00Z", { data: { by: "message", note: "Спросить курьера" } }),
  ];
  await openTicket({}, { "/tickets/t-1/timeline": { events } });
  expect(await screen.findByText(/^Отложено до .+ · Dana/)).toBeTruthy();
  expect(screen.getByText(/^Клиент написал: больше не отложено/)).toBeTruthy();
});

test("what was put off is behind a chip of its own", async () => {
  const asleep = ticket({ ...MINE, waiting_since: "2026-05-01T10:00:00Z", snoozed_until: new Date(Date.now() + 60_000).toISOString() });
  startDesk({ "/tickets": { ...page([asleep]), snoozed: 1 } });
  const { user, router } = await open("/");
  await user.click(await screen.findByRole("button", { name: "Отложено: 1" }));
  expect(router.state.location.search).toEqual({ snoozed: true });
  expect(await screen.findByRole("button", { name: "Отложено: 1", pressed: true })).toBeTruthy();
});
