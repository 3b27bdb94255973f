import { screen, waitFor } from "@testing-library/react";
import type { Action } from "@frontdesk/api";
import { afterEach, expect, test } from "vitest";
import { deliver, open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { event, message, ticket } from "../testSupport";

afterEach(stopDesk);

function action(parts: Partial<Action> = {}): Action {
  return {
    action_id: "a-1",
    ticket_id: "t-1",
    tool: "refund_order",
    input: { order: "54321", amount: "30000", note: "" },
    summary: "refund 30000 KZT for order 54321",
    state: "waiting_approval",
    digest: "d".repeat(64),
    decided_by: null,
    attempts: 0,
    result: null,
    error: null,
    created_at: "2026-05-01T10:00:00Z",
    decided_at: null,
    started_at: null,
    ended_at: null,
    ...parts,
  };
}

function openTicket(shown: () => Action[], answers: Answers = {}) {
  startDesk({
    "/tickets/t-1": ticket({ status: "escalated", owner: "person", escalation_reason: "refund_above_policy" }),
    "/tickets/t-1/messages": { messages: [message()], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    "/tickets/t-1/actions": () => ({ actions: shown() }),
    ...answers,
  });
  return open("/tickets/t-1?pane=details");
}

test("a proposal is shown with its reason and its exact input", async () => {
  await openTicket(() => [action()]);
  expect(await screen.findByText("refund 30000 KZT for order 54321")).toBeTruthy();
  expect(screen.getByText("Ждёт одобрения")).toBeTruthy();
  expect(screen.getByText(/^Нужно одобрение человека: /)).toBeTruthy();
  expect(screen.getByText("54321")).toBeTruthy();
  expect(screen.queryByText("note")).toBeNull();
});

test("an approval is asked for once more and goes with the digest of what was shown", async () => {
  const sent: unknown[] = [];
  let now = action();
  const { user } = await openTicket(() => [now], {
    "POST /actions/a-1/approve": (body: unknown) => {
      sent.push(body);
      now = action({ state: "queued", decided_by: "operator" });
      return now;
    },
  });
  await user.click(await screen.findByRole("button", { name: "Одобрить" }));
  expect(sent).toEqual([]);
  const dialog = await screen.findByRole("alertdialog", { name: "Одобрить действие?" });
  expect(dialog.textContent).toContain("refund 30000 KZT for order 54321");
  await user.click(screen.getAllByRole("button", { name: "Одобрить" }).at(-1) as HTMLElement);
  expect(await screen.findByText("В очереди")).toBeTruthy();
  expect(sent).toEqual([{ digest: "d".repeat(64) }]);
  expect(screen.queryByRole("button", { name: "Одобрить" })).toBeNull();
});

test("a rejection is kept with its reason, and cancelling decides nothing", async () => {
  const sent: unknown[] = [];
  let now = action({ state: "proposed" });
  const { user } = await openTicket(() => [now], {
    "POST /actions/a-1/reject": (body: unknown) => {
      sent.push(body);
      now = action({ state: "rejected" });
      return now;
    },
  });
  await user.click(await screen.findByRole("button", { name: "Отклонить" }));
  await user.type(await screen.findByRole("textbox", { name: /^Причина/ }), "forgotten");
  await user.click(await screen.findByRole("button", { name: "Отмена" }));
  expect(screen.getByText("Ждёт решения")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Отклонить" }));
  await screen.findByRole("alertdialog");
  await user.type(screen.getByRole("textbox", { name: /^Причина/ }), "  Клиент передумал ");
  await user.click(screen.getAllByRole("button", { name: "Отклонить" }).at(-1) as HTMLElement);
  expect(await screen.findByText("Отклонено")).toBeTruthy();
  expect(sent).toEqual([{ digest: "d".repeat(64), note: "Клиент передумал" }]);
});

test("the reason of a rejection stands in the conversation", async () => {
  await openTicket(() => [action({ state: "rejected" })], {
    "/tickets/t-1/timeline": {
      events: [event("action_rejected", "2026-05-01T10:01:00Z", { data: { summary: "refund", note: "Клиент передумал" } })],
    },
  });
  expect(await screen.findByText("Клиент передумал")).toBeTruthy();
});

test("a decision that is refused is told in the dialog, which stays", async () => {
  const { user } = await openTicket(() => [action()], { "POST /actions/a-1/approve": refusal(409, "conflict") });
  await user.click(await screen.findByRole("button", { name: "Одобрить" }));
  await screen.findByRole("alertdialog");
  await user.click(screen.getAllByRole("button", { name: "Одобрить" }).at(-1) as HTMLElement);
  expect((await screen.findByRole("alert")).textContent).toMatch(/^Решение не сохранено\./);
});

test("what another person decides is seen at once", async () => {
  let now = action();
  await openTicket(() => [now]);
  await screen.findByText("Ждёт одобрения");
  now = action({ state: "failed", error: "the shop said no" });
  deliver({ type: "hello" });
  deliver({ type: "event", event: event("action_ended", "2026-05-01T10:01:00Z", { data: { state: "failed" } }) });
  await waitFor(() => expect(screen.getByText("the shop said no")).toBeTruthy());
  expect(screen.queryByRole("button", { name: "Одобрить" })).toBeNull();
});
