import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { open, startDesk, stopDesk, type Answers } from "../testDesk";
import { message, ticket } from "../testSupport";

const ACCOUNTS = [
  {
    channel: "whatsapp",
    account: "default",
    webhook: null,
    health: "ok",
    capabilities: { style: { max_words: 100, max_characters: null, tone: "friendly" }, window: { ai_seconds: 86_400, person_seconds: 86_400 }, buttons: null, templates: true, tells: [], receipts: [], media: [], formatting: "basic" },
  },
];
const REACH = { account: "default", open: true, window_closes_at: new Date(Date.now() + 2 * 3_600_000 + 60_000).toISOString(), hindrance: null, templates: true, parked: [] };
const CLOSED = { ...REACH, open: false, window_closes_at: "2026-05-01T10:00:00Z" };

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(stopDesk);

function openTicket(reach: unknown, answers: Answers = {}) {
  startDesk({
    "/channels": ACCOUNTS,
    "/tickets/t-1": ticket({ channel: "whatsapp", status: "escalated", owner: "person" }),
    "/tickets/t-1/messages": { messages: [message()], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    "/tickets/t-1/reach": reach,
    ...answers,
  });
  return open("/tickets/t-1");
}

test("how long free text may still be sent stands under the field", async () => {
  await openTicket(REACH);
  expect(await screen.findByText(/^Свободный текст до .*осталось 2 ч/)).toBeTruthy();
});

test("once the window is closed a template goes in its place, its gaps filled, once", async () => {
  const sent: unknown[] = [];
  const { user } = await openTicket(CLOSED, {
    "/channels/whatsapp/default/templates": { templates: [{ name: "order_update", language: "ru", title: "order update", text: "Заказ {{1}} приедет {{2}}.", gaps: 2 }] },
    "POST /tickets/t-1/messages": (body: unknown) => {
      sent.push(body);
      return message({ seq: 2, sender_type: "manager", content: "Заказ 54321 приедет завтра." });
    },
  });
  await user.type(await screen.findByRole("textbox", { name: "Ответ клиенту" }), "Вы здесь?");
  expect(await screen.findByText(/отправьте шаблон$/)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Отправить" }).disabled).toBe(true);
  await user.click(screen.getByRole("button", { name: "Выбрать шаблон" }));
  const sheet = within(await screen.findByRole("dialog", { name: "Выбрать шаблон" }));
  await user.click(await sheet.findByRole("button", { name: /order update/ }));
  const send = sheet.getByRole<HTMLButtonElement>("button", { name: "Отправить" });
  expect(send.disabled).toBe(true);
  await user.type(sheet.getByLabelText(/^Значение 1/), "54321");
  await user.type(sheet.getByLabelText(/^Значение 2/), "завтра");
  expect(sheet.getByText("Заказ 54321 приедет завтра.")).toBeTruthy();
  await user.click(send);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent).toEqual([
    { kind: "text", content: "Заказ 54321 приедет завтра.", template: { name: "order_update", language: "ru", parameters: ["54321", "завтра"] } },
  ]);
});

test("who takes no messages is not written to", async () => {
  await openTicket({ ...REACH, open: false, hindrance: "the customer has unsubscribed" });
  expect(await screen.findByText("Клиент не принимает сообщения в этом канале")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Выбрать шаблон" })).toBeNull();
});

test("what was set aside says why and is sent again by one press", async () => {
  let resent = 0;
  const ours = message({ seq: 2, message_id: "m-2", sender_type: "manager", content: "В пути", delivery_state: "failed" });
  const { user } = await openTicket({ ...REACH, parked: [{ message_id: "m-2", reason: "the access token is not valid any more (code 190)" }] }, {
    "/tickets/t-1/messages": { messages: [message(), ours], has_more: false },
    "POST /tickets/t-1/messages/m-2/resend": () => {
      resent += 1;
      return { status: "queued" };
    },
  });
  expect(await screen.findByText(/code 190/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Отправить ещё раз" }));
  await waitFor(() => expect(resent).toBe(1));
});
