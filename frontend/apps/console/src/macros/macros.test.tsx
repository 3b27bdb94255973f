import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { OfferedMacro } from "@frontdesk/api";
import { open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { message, ticket } from "../testSupport";

afterEach(() => {
  stopDesk();
  sessionStorage.clear();
  vi.useRealTimers();
});

const NOTHING = { tags: [], assignee: null, priority: null, resolve: false };

function offer(parts: Partial<OfferedMacro> = {}): OfferedMacro {
  return { macro_id: "m-1", name: "Возврат", category: null, language: "ru", content: "Деньги вернутся.", missing: [], actions: NOTHING, ...parts };
}

const MACRO = { macro_id: "m-1", name: "Возврат", category: "returns", texts: { ru: "Деньги вернутся." }, actions: { ...NOTHING, assignee: "Aliya" }, uses: 3, created_by: "Dana", updated_at: "2026-05-01T10:00:00Z" };

function openTicket(answers: Answers) {
  startDesk({
    "/tickets/t-1": ticket({ owner: "person", status: "escalated" }),
    "/tickets/t-1/messages": { messages: [message()], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    "/tickets/t-1/phrases": { phrases: [] },
    ...answers,
  });
  return open("/tickets/t-1");
}

const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Ответ клиенту" });

test("a slash offers macros, Enter takes one, and what it does happens with the sending", async () => {
  const asked: string[] = [];
  const macros = [offer(), offer({ macro_id: "m-2", name: "Закрыть", content: "Всего доброго!", actions: { ...NOTHING, tags: ["refund"], resolve: true } })];
  const { user } = await openTicket({
    "/tickets/t-1/macros": { macros },
    "POST /tickets/t-1/messages": (body: { content: string }) => (asked.push(body.content), message({ seq: 2, sender_type: "manager", content: body.content })),
    "POST /tickets/t-1/macros/m-2": () => (asked.push("macro"), ticket({ status: "resolved" })),
  });
  await user.type(await field(), "/");
  expect(await screen.findAllByRole("option")).toHaveLength(2);
  await user.keyboard("{ArrowDown}{Enter}");
  expect((await field()).value).toBe("Всего доброго!");
  expect(screen.getByText(/метка «Возврат денег» · решено/)).toBeTruthy();
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("button", { name: "Отправить сейчас" }));
  await waitFor(() => expect(asked).toEqual(["Всего доброго!", "macro"]));
});

test("nothing is sent while a gap is open, and the gap is named", async () => {
  const content = "Заказ {{order.number}} в пути.";
  const { user } = await openTicket({ "/tickets/t-1/macros": { macros: [offer({ content, missing: ["order.number"] })] } });
  await user.type(await field(), "/возв");
  await user.click(await screen.findByRole("option"));
  expect(await screen.findByText("Впишите: номер заказа")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Отправить" }).disabled).toBe(true);
  await user.clear(await field());
  await user.type(await field(), "Заказ 54321 в пути.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Отправить" }).disabled).toBe(false);
});

test("Tab takes what would follow, and leaves the field where nothing does", async () => {
  const { user } = await openTicket({ "/tickets/t-1/phrases": { phrases: [{ text: "Курьер приедет завтра.", source: "reply" }] } });
  await user.type(await field(), "курьер");
  await screen.findByText("приедет завтра.", { exact: false });
  await user.keyboard("{Tab}");
  expect((await field()).value).toBe("курьер приедет завтра.");
  await user.keyboard("{Tab}");
  expect(document.activeElement).not.toBe(await field());
});

test("a manager writes a macro down, with variables, and an unknown one is refused", async () => {
  const bodies: unknown[] = [];
  startDesk({
    "/macros": { macros: [], variables: [] },
    "POST /macros": (body: { texts: Record<string, string> }) => {
      bodies.push(body);
      return body.texts.ru?.includes("{{x}}") ? refusal(422, "validation_error")() : MACRO;
    },
  });
  const { user } = await open("/macros");
  await user.click(await screen.findByRole("button", { name: "Новый макрос" }));
  await user.type(await screen.findByRole("textbox", { name: "Название" }), "Возврат");
  const text = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Текст: Русский" });
  await user.type(text, "{{{{x}}");
  await user.click(screen.getByRole("button", { name: "Сохранить" }));
  expect((await screen.findByRole("alert")).textContent).toContain("несуществующая переменная");
  await user.clear(text);
  await user.click(screen.getByRole("button", { name: "имя клиента" }));
  await user.click(screen.getByRole("checkbox", { name: "Отмечает обращение решённым" }));
  await user.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Сохранено")).toBeTruthy();
  expect(bodies.at(-1)).toEqual({ name: "Возврат", category: null, texts: { ru: "{{customer.name}}" }, actions: { ...NOTHING, resolve: true } });
});

test("what a program set stays when a person saves, and who may only read changes nothing", async () => {
  const bodies: { actions: unknown }[] = [];
  startDesk({ "/macros": { macros: [MACRO], variables: [] }, "PUT /macros/m-1": (body: { actions: unknown }) => (bodies.push(body), MACRO) });
  const { user } = await open("/macros");
  await user.click(await screen.findByRole("button", { name: /^Возврат/ }));
  await user.click(await screen.findByRole("button", { name: "Сохранить" }));
  await waitFor(() => expect(bodies.map(({ actions }) => actions)).toEqual([MACRO.actions]));
  stopDesk();
  startDesk({ "/macros": { macros: [MACRO], variables: [] }, "/auth/me": { kind: "person", id: "p", name: "V", permissions: ["tickets:read"], person: null, csrf_token: null } });
  await open("/macros");
  await screen.findByText("Деньги вернутся.");
  expect(screen.queryByRole("button", { name: "Новый макрос" })).toBeNull();
});
