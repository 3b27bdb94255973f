import { act, screen, waitFor, within } from "@testing-library/react";
import type { Message } from "@frontdesk/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliver, network, open, startDesk, stopDesk, type Answers } from "./testDesk";
import { event, message, ticket } from "./testSupport";

const QUOTE = "В Шымкент заказ идёт 2–4 рабочих дня.";
const answer = message({
  seq: 2,
  sender_type: "ai",
  content: "Доставим за **2–4 дня** [1].",
  delivery_state: "delivered",
  ai: {
    provider: "local",
    model: "local-1",
    prompt_version: null,
    confidence: 0.62,
    sources: [{ doc_id: "d-1", title: "Доставка", heading: "Сроки", quote: QUOTE, score: 0.9, url: null }],
    cost: "0",
    proof: [],
    reasoning: "Статья отвечает прямо.",
    rationale: [],
    decision: "answer",
    latency_ms: 40,
  },
});

const defaults = (): Answers => ({
  "/tickets/t-1": ticket({ customer: { customer_id: "c", name: "Айгерим", email: null, phone: null, vip: true, ltv: 3500, churn_risk: 0.8 } }),
  "/tickets/t-1/messages": { messages: [message({ content: "Сколько идёт доставка?" }), answer], has_more: false },
  "/tickets/t-1/timeline": { events: [event("escalated", "2026-05-01T10:00:30Z", { data: { reason: "anger" } })] },
  "/tickets/t-1/escalations": { escalations: [] },
  "/documents/d-1": { document_id: "d-1", title: "Доставка", language: "ru", source: "a.md", updated_at: "2026-05-01T10:00:00Z", chunks: [{ heading: "Сроки", text: `Зависит от города. **В Шымкент** заказ идёт 2–4 рабочих дня. Иначе дольше.` }] },
});

beforeEach(() => startDesk(defaults()));
afterEach(stopDesk);

test("a conversation shows both sides, the hand-over and what the AI's answer stands on", async () => {
  const { user } = await open("/tickets/t-1");
  const log = await screen.findByRole("log");
  expect(within(log).getByText("Сколько идёт доставка?")).toBeTruthy();
  expect(await within(log).findByText("Передано человеку: гнев или угрозы")).toBeTruthy();

  await user.click(within(log).getByRole("button", { name: "Источник 1: Доставка" }));
  const sheet = await screen.findByRole("dialog");
  await waitFor(() => expect(sheet.querySelector("mark")?.textContent).toBe("В Шымкент заказ идёт 2–4 рабочих дня."));
});

test("confidence opens how the AI decided", async () => {
  const { user } = await open("/tickets/t-1");
  await user.click(await screen.findByRole("button", { name: /Уверенность 0,62/ }));
  expect(await screen.findByText("Статья отвечает прямо.")).toBeTruthy();
  expect(screen.getByText("local-1")).toBeTruthy();
});

test("an answer streams in over the socket and becomes a message", async () => {
  await open("/tickets/t-1");
  const log = await screen.findByRole("log");
  act(() => network.last.accept());
  deliver({ type: "hello", cursor: 1 });
  await waitFor(() => expect(network.last.sent).toContainEqual({ type: "watch", ticket_id: "t-1" }));

  deliver({ type: "text", ticket_id: "t-1", message_id: "m-3", n: 0, content: "Уже " });
  deliver({ type: "text", ticket_id: "t-1", message_id: "m-3", n: 1, content: "смотрю" });
  expect(await within(log).findByText("Уже смотрю")).toBeTruthy();
  expect(within(log).getByText(/пишет/)).toBeTruthy();

  const finished: Message = message({ seq: 3, sender_type: "ai", content: "Уже смотрю ваш заказ." });
  deliver({ type: "message", cursor: 2, message: finished });
  expect(await within(log).findByText("Уже смотрю ваш заказ.")).toBeTruthy();
  expect(within(log).queryByText(/пишет/)).toBeNull();
});

test("a lost connection is said, with a way to try at once", async () => {
  await open("/");
  await screen.findByText("Входящих нет");
  act(() => network.last.drop());
  expect(await screen.findByText(/Нет связи/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Подключиться" })).toBeTruthy();
});

test("an empty demo desk points to the shop", async () => {
  await open("/");
  const link = await screen.findByRole("link", { name: "Открыть демо-магазин" });
  expect(link.getAttribute("href")).toBe("/shop");
  expect(screen.getByText(/Локальный режим/)).toBeTruthy();
});

test("a ticket that is not there says so and offers no useless retry", async () => {
  await open("/tickets/none");
  expect(await screen.findByText("По этому адресу ничего нет, или запись удалена.")).toBeTruthy();
  expect(screen.getByText("Запрос r-404")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Повторить" })).toBeNull();
});

test("the language changes at once and is remembered", async () => {
  const { user } = await open("/");
  await user.click((await screen.findAllByRole("button", { name: "Вид" }))[0] as HTMLElement);
  await user.click(await screen.findByRole("radio", { name: "Қазақша" }));
  expect(await screen.findByText("Кіріс бос")).toBeTruthy();
  expect(document.documentElement.lang).toBe("kk");
  expect(localStorage.getItem("fd.language")).toBe("kk");
});
