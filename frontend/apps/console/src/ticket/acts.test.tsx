import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Ticket } from "@frontdesk/api";
import { open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { message, ticket } from "../testSupport";
import { deedsOf } from "./TicketActions";

const ME = { kind: "person", id: "p-1", name: "Dana", permissions: ["tickets:read", "tickets:write"], person: null, csrf_token: null };

afterEach(stopDesk);

function openTicket(parts: Partial<Ticket>, answers: Answers = {}) {
  startDesk({
    "/auth/me": ME,
    "/tickets/t-1": ticket(parts),
    "/tickets/t-1/messages": { messages: [message()], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    ...answers,
  });
  return open("/tickets/t-1?pane=details");
}

/** Answers each call with the ticket so changed, and keeps what was asked. */
function changing(now: Ticket) {
  const asked: string[] = [];
  const answer = (name: string, parts: Partial<Ticket>) => (body: unknown) => {
    asked.push(body ? `${name} ${JSON.stringify(body)}` : name);
    return { ...now, ...parts, updated_at: "2026-05-01T12:00:00Z" };
  };
  return { asked, answer };
}

const words = (parts: Partial<Ticket>) => deedsOf(ticket(parts), "Dana").map(({ word }) => word);

test("what can be done follows from how the ticket stands", () => {
  expect(words({ owner: "ai" })).toEqual(["takeOver", "resolve", "snooze", "assignMe", "close"]);
  expect(words({ owner: "person", status: "escalated", assignee: "Dana" })).toEqual(["resolve", "handBack", "snooze", "unassign", "close"]);
  expect(words({ owner: "person", status: "resolved" })).toEqual(["reopen", "assignMe", "close"]);
  expect(words({ status: "closed" })).toEqual([]);
});

test("taking over shows at once, and handing back too", async () => {
  const { asked, answer } = changing(ticket());
  const { user } = await openTicket({ owner: "ai" }, {
    "POST /tickets/t-1/takeover": answer("takeover", { owner: "person", status: "escalated" }),
    "POST /tickets/t-1/handback": answer("handback", { owner: "ai", status: "ai_processing" }),
  });
  await user.click(await screen.findByRole("button", { name: "Взять себе" }));
  await user.click(await screen.findByRole("button", { name: "Вернуть ИИ" }));
  expect(await screen.findByRole("button", { name: "Взять себе" })).toBeTruthy();
  await waitFor(() => expect(asked).toEqual(["takeover", "handback"]));
});

test("keys do the same", async () => {
  const { asked, answer } = changing(ticket({ owner: "person", status: "escalated" }));
  const { user } = await openTicket({ owner: "person", status: "escalated" }, {
    "PATCH /tickets/t-1": answer("change", { status: "resolved" }),
    "POST /tickets/t-1/takeover": answer("takeover", { status: "escalated" }),
  });
  await screen.findByRole("button", { name: "Решено" });
  await user.keyboard("e");
  await screen.findByRole("button", { name: "Открыть снова" });
  await user.keyboard("o");
  await waitFor(() => expect(asked).toEqual(['change {"status":"resolved"}', "takeover"]));
});

test("what the desk refuses is taken back and told", async () => {
  const { user } = await openTicket({ owner: "person", status: "escalated" }, { "PATCH /tickets/t-1": refusal(409, "conflict") });
  await user.click(await screen.findByRole("button", { name: "Решено" }));
  expect(await screen.findByText(/^Не сделано\. Обращение тем временем изменилось/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Решено" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Закрыть сообщение" }));
  expect(screen.queryByText(/^Не сделано/)).toBeNull();
});

test("assigning to oneself and to nobody is a choice of the menu", async () => {
  const { asked, answer } = changing(ticket());
  const { user } = await openTicket({}, { "PATCH /tickets/t-1": answer("change", { assignee: "Dana" }) });
  await user.click(await screen.findByRole("button", { name: "Что ещё сделать с обращением" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Назначить на меня/ }));
  await waitFor(() => expect(asked).toEqual(['change {"assignee":"Dana"}']));
});

test("whoever may only read is offered nothing", async () => {
  await openTicket({}, { "/auth/me": { ...ME, permissions: ["tickets:read"] } });
  await screen.findByText("Вам можно читать обращения, но не отвечать.");
  expect(screen.queryByRole("button", { name: "Решено" })).toBeNull();
});

test("tags are taken off and put on, a word of the list by its code", async () => {
  const { asked, answer } = changing(ticket());
  const { user } = await openTicket({ tags: ["refund"] }, { "PATCH /tickets/t-1": answer("change", { tags: ["refund", "warranty"] }) });
  const tags = await screen.findByRole("group", { name: "Метки" });
  await user.click(within(tags).getByRole("button", { name: "Добавить метку" }));
  await user.type(within(tags).getByRole("combobox", { name: "Новая метка" }), "гарантия{Enter}");
  await within(tags).findByRole("button", { name: "Снять метку Гарантия" });
  await user.keyboard("{Escape}");
  await user.click(within(tags).getByRole("button", { name: "Снять метку Возврат денег" }));
  await waitFor(() => expect(asked).toEqual(['change {"tags":["refund","warranty"]}', 'change {"tags":["warranty"]}']));
});

test("a priority set by hand is saved, and teaches nothing", async () => {
  const { asked, answer } = changing(ticket());
  const { user } = await openTicket({}, { "PATCH /tickets/t-1": answer("change", { priority: "urgent" }) });
  const select = await screen.findByRole("combobox", { name: "Исправить: приоритет" });
  select.focus();
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("option", { name: "Срочный" }));
  expect(await screen.findByText("Сохранено.")).toBeTruthy();
  expect(asked).toEqual(['change {"priority":"urgent"}']);
});
