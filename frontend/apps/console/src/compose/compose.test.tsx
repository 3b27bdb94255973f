import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Ticket } from "@frontdesk/api";
import { DESK, network, open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { message, ticket } from "../testSupport";

const ME = { kind: "person", id: "p-1", name: "Dana", permissions: ["tickets:read", "tickets:write"], person: null, csrf_token: null };
const DRAFT = { content: "Заказ уже в пути.", tone: "friendly", channel: "web_chat", reasoning: "", confidence: 0.8, sources: [], personalization: {} };
const WITH_PERSON: Partial<Ticket> = { status: "escalated", owner: "person", waiting_since: "2026-05-01T10:00:00Z" };

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(stopDesk);

function openTicket(parts: Partial<Ticket> = WITH_PERSON, answers: Answers = {}) {
  startDesk({
    "/auth/me": ME,
    "/channels": [],
    "/tickets/t-1": ticket(parts),
    "/tickets/t-1/messages": { messages: [message()], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    "/ai/tickets/t-1/draft-response": DRAFT,
    ...answers,
  });
  return open("/tickets/t-1");
}

const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Ответ клиенту" });
const written = (body: unknown) => message({ seq: 2, sender_type: "manager", sender_name: "Dana", content: (body as { content: string }).content, delivery_state: "queued" });

test("the AI's draft stands in the field, is edited and sent once it has rested", async () => {
  const sent: unknown[] = [];
  const { user } = await openTicket(WITH_PERSON, {
    "POST /tickets/t-1/messages": (body: unknown) => {
      sent.push(body);
      return written(body);
    },
  });
  const box = await field();
  await waitFor(() => expect(box.value).toBe("Заказ уже в пути."));
  await user.type(box, " Спасибо!");
  expect(screen.getByText("Черновик с правками")).toBeTruthy();
  await user.type(box, "{Enter}");
  expect(box.value).toBe("");
  const log = screen.getByRole("log");
  expect(within(log).getByText("Заказ уже в пути. Спасибо!")).toBeTruthy();
  expect(within(log).getByText(/^Уйдёт через \d+ с$/)).toBeTruthy();
  expect(sent).toEqual([]);
  await user.click(within(log).getByRole("button", { name: "Отправить сейчас" }));
  await waitFor(() => expect(within(log).queryByText(/Уйдёт через/)).toBeNull());
  expect(sent).toEqual([{ content: "Заказ уже в пути. Спасибо!", kind: "text" }]);
  expect(within(log).getAllByText("Заказ уже в пути. Спасибо!")).toHaveLength(1);
});

test("a draft that comes late does not mix with what somebody is about to write", async () => {
  let arrive: (draft: unknown) => void = () => undefined;
  const late = new Promise((resolve) => (arrive = resolve));
  const { user } = await openTicket(WITH_PERSON, { "/ai/tickets/t-1/draft-response": () => late });
  const box = await field();
  await user.click(box);
  await act(async () => {
    arrive(DRAFT);
    await late;
  });
  const take = await screen.findByRole("button", { name: "Взять черновик ИИ" });
  expect(box.value).toBe("");
  await user.click(take);
  expect(box.value).toBe("Заказ уже в пути.");
});

test("what rests comes back into the field", async () => {
  const { user } = await openTicket({ status: "escalated", owner: "person" });
  const box = await field();
  await user.type(box, "Ещё не то{Enter}");
  await user.click(await screen.findByRole("button", { name: "Вернуть" }));
  expect(box.value).toBe("Ещё не то");
  expect(within(screen.getByRole("log")).queryByText("Ещё не то")).toBeNull();
});

test("a refusal is told beside what was not sent, which can be sent again", async () => {
  let refuses = true;
  const { user } = await openTicket({ status: "escalated", owner: "person" }, {
    "POST /tickets/t-1/messages": (body: unknown) => (refuses ? refusal(409, "conflict")() : written(body)),
  });
  await user.type(await field(), "Ответ{Enter}");
  await user.click(await screen.findByRole("button", { name: "Отправить сейчас" }));
  expect(await screen.findByText(/^Не отправлено\. Обращение тем временем изменилось/)).toBeTruthy();
  refuses = false;
  await user.click(screen.getByRole("button", { name: "Повторить" }));
  await waitFor(() => expect(screen.queryByText(/^Не отправлено/)).toBeNull());
});

test("without a network it waits, and leaves when the desk is heard again", async () => {
  let away = true;
  const { user } = await openTicket({ status: "escalated", owner: "person" }, {
    "POST /tickets/t-1/messages": (body: unknown) => {
      if (away) throw new TypeError("no network");
      return written(body);
    },
  });
  await user.type(await field(), "Ответ{Enter}");
  await user.click(await screen.findByRole("button", { name: "Отправить сейчас" }));
  expect(await screen.findByText("Ждёт связи")).toBeTruthy();
  away = false;
  act(() => network.last.accept());
  act(() => network.last.deliver({ type: "hello", cursor: 1 }));
  await waitFor(() => expect(screen.queryByText("Ждёт связи")).toBeNull());
});

test("replying to what the AI has takes it over at once, before the reply leaves", async () => {
  const asked: string[] = [];
  const taken = ticket({ status: "escalated", owner: "person", updated_at: "2026-05-01T11:00:00Z" });
  const { user } = await openTicket({}, {
    "POST /tickets/t-1/takeover": () => {
      asked.push("takeover");
      return taken;
    },
  });
  expect(await screen.findByText("Ответив, вы заберёте обращение у ИИ")).toBeTruthy();
  await user.type(await field(), "Я помогу{Enter}");
  await waitFor(() => expect(asked).toEqual(["takeover"]));
  expect(await screen.findByText(/^Уйдёт через/)).toBeTruthy();
});

test("a note goes at once, for colleagues alone, and takes nothing over", async () => {
  const sent: unknown[] = [];
  const { user } = await openTicket({}, {
    "POST /tickets/t-1/messages": (body: unknown) => {
      sent.push(body);
      return message({ seq: 2, kind: "note", sender_type: "manager", sender_name: "Dana", content: "Звонил" });
    },
  });
  await field();
  await user.keyboard("n");
  await user.keyboard("Звонил{Enter}");
  expect(await screen.findByText(/Внутренняя заметка · Dana/)).toBeTruthy();
  expect(sent).toEqual([{ content: "Звонил", kind: "note" }]);
});

test("Ctrl and Enter send and resolve", async () => {
  const asked: unknown[] = [];
  const { user } = await openTicket({ status: "escalated", owner: "person" }, {
    "POST /tickets/t-1/messages": written,
    "PATCH /tickets/t-1": (body: unknown) => {
      asked.push(body);
      return ticket({ status: "resolved" });
    },
  });
  await user.type(await field(), "Готово{Control>}{Enter}{/Control}");
  await user.click(await screen.findByRole("button", { name: "Отправить сейчас" }));
  await waitFor(() => expect(asked).toEqual([{ status: "resolved" }]));
});

test("what was begun waits on its ticket, and another draft can be undone", async () => {
  const { user } = await openTicket(WITH_PERSON, { "POST /ai/tickets/t-1/draft-response": { ...DRAFT, content: "Другое." } });
  const box = await field();
  await waitFor(() => expect(box.value).toBe("Заказ уже в пути."));
  await user.clear(box);
  await user.type(box, "Моё");
  await user.click(screen.getByRole("button", { name: "Другой черновик" }));
  await waitFor(() => expect(box.value).toBe("Другое."));
  await user.click(await screen.findByRole("button", { name: "Отменить" }));
  expect(box.value).toBe("Моё");
  expect(sessionStorage.getItem("fd.begun.t-1")).toContain("Моё");
});

test("a draft that cannot be made is told, and the field stays the person's", async () => {
  await openTicket(WITH_PERSON, { "/ai/tickets/t-1/draft-response": refusal(503, "unavailable") });
  expect(await screen.findByText(/^Черновика нет\. Служба ненадолго недоступна/)).toBeTruthy();
  expect((await field()).value).toBe("");
});

test("what is too long for the channel cannot be sent", async () => {
  const style = { max_words: null, max_characters: 5, tone: "short" };
  const { user } = await openTicket({ status: "escalated", owner: "person" }, { "/channels": [{ channel: "web_chat", capabilities: { style } }] });
  await user.type(await field(), "123456{Enter}");
  expect(await screen.findByText("Слишком длинно для этого канала: 6 из 5 знаков")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Отправить" }).disabled).toBe(true);
});

test("whoever may only read, and whoever looks at a closed ticket, is told why there is no field", async () => {
  await openTicket({}, { "/auth/me": { ...ME, permissions: ["tickets:read"] } });
  expect(await screen.findByText("Вам можно читать обращения, но не отвечать.")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
  stopDesk();
  vi.resetModules();
  await openTicket({ status: "closed" });
  expect(await screen.findByText(/^Обращение закрыто/)).toBeTruthy();
});

test("a draft is written anew as somebody wants it, where a language model is there", async () => {
  const sent: unknown[] = [];
  const answers = {
    "POST /ai/tickets/t-1/draft-response": (body: unknown) => {
      sent.push(body);
      return { ...DRAFT, content: "Заказ в пути." };
    },
  };
  const { user } = await openTicket(WITH_PERSON, { ...answers, "/desk": { ...DESK, ai: { mode: "llm", providers: ["x"] } } });
  const box = await field();
  await user.click(await screen.findByRole("button", { name: "Переписать черновик" }));
  await user.type(await screen.findByRole("textbox", { name: "Что изменить?" }), "Без «уже»");
  await user.click(screen.getByRole("button", { name: "Переписать" }));
  await waitFor(() => expect(box.value).toBe("Заказ в пути."));
  await user.click(await screen.findByRole("button", { name: "Переписать черновик" }));
  await user.click(await screen.findByRole("button", { name: "Короче" }));
  await waitFor(() => expect(sent).toEqual([{ instruction: "Без «уже»" }, { instruction: "Короче" }]));
});

test("local intelligence is not asked for what it cannot do", async () => {
  await openTicket(WITH_PERSON);
  await waitFor(async () => expect((await field()).value).toBe("Заказ уже в пути."));
  expect(screen.queryByRole("button", { name: "Переписать черновик" })).toBeNull();
});
