import { screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Ticket } from "@frontdesk/api";
import { open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { page, ticket } from "../testSupport";

// There is no layout here: rows are drawn for the room that there seems to be.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(340);
});
afterEach(stopDesk);

const TICKETS = ["1", "2", "3"].map((n) =>
  ticket({
    ticket_id: `t-${n}`,
    ticket_number: `T-00000${n}`,
    owner: "person",
    status: "escalated",
    waiting_since: "2026-05-01T10:00:00Z",
    customer: { customer_id: n, name: `Клиент ${n}`, email: null, phone: null, vip: false, ltv: 0, churn_risk: 0 },
  }),
);

interface Bulk {
  ticket_ids: string[];
  status?: Ticket["status"];
}

function openInbox(answers: Answers = {}) {
  const asked: Bulk[] = [];
  startDesk({
    "/tickets": { ...page(TICKETS), groups: { needs_you: 3, ai: 0 } },
    "POST /tickets/bulk": (body: unknown) => {
      const bulk = body as Bulk;
      asked.push(bulk);
      const results = bulk.ticket_ids.map((id) => {
        const before = TICKETS.find(({ ticket_id }) => ticket_id === id) as Ticket;
        return { ticket_id: id, ok: true, ticket: { ...before, ...bulk, updated_at: "2026-06-01T10:00:00Z" }, error: null };
      });
      return { results };
    },
    ...answers,
  });
  return open("/").then(({ user }) => ({ user, asked }));
}

test("several are chosen, resolved together, and brought back", async () => {
  const { user, asked } = await openInbox();
  await user.click(await screen.findByRole("button", { name: "Изменить несколько сразу" }));
  await user.click(await screen.findByRole("checkbox", { name: "Выбрать: Клиент 1, T-000001" }));
  await user.click(screen.getByRole("checkbox", { name: "Выбрать: Клиент 3, T-000003" }));
  expect(screen.getByText("Выбрано: 2")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Решено" }));
  expect(await screen.findByText("Изменено: 2")).toBeTruthy();
  expect(screen.queryByRole("checkbox")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Отменить" }));
  expect(await screen.findByText("Возвращено: 2")).toBeTruthy();
  expect(asked).toEqual([
    { ticket_ids: ["t-1", "t-3"], status: "resolved" },
    { ticket_ids: ["t-1", "t-3"], status: "escalated" },
  ]);
});

test("keys choose and let go", async () => {
  const { user } = await openInbox();
  (await screen.findByRole("link", { name: /Клиент 2/ })).focus();
  await user.keyboard("x");
  expect(await screen.findByText("Выбрано: 1")).toBeTruthy();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByText("Выбрано: 1")).toBeNull());
});

test("which of them could not follow is counted, and where none could, why is told", async () => {
  const error = { code: "conflict", message: "?" };
  const { user } = await openInbox({
    "POST /tickets/bulk": { results: [{ ticket_id: "t-1", ok: false, ticket: null, error }] },
  });
  (await screen.findByRole("link", { name: /Клиент 1/ })).focus();
  await user.keyboard("x");
  await user.click(await screen.findByRole("button", { name: "Решено" }));
  expect(await screen.findByText(/^Не сделано\. Обращение тем временем изменилось/)).toBeTruthy();
});

test("a call that fails is told, and what was chosen stays chosen", async () => {
  const { user } = await openInbox({ "POST /tickets/bulk": refusal(503, "unavailable") });
  (await screen.findByRole("link", { name: /Клиент 1/ })).focus();
  await user.keyboard("x");
  await user.click(await screen.findByRole("button", { name: "Решено" }));
  expect(await screen.findByText(/^Не сделано\. Служба ненадолго недоступна/)).toBeTruthy();
  expect(screen.getByText("Выбрано: 1")).toBeTruthy();
});
