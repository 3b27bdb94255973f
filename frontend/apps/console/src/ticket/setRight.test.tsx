import { screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { open, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { message, reading, ticket } from "../testSupport";

afterEach(stopDesk);

const EXPLANATION = { category: ["курьер"], nearest: ["где мой курьер (delivery)"] };

function openTicket(answers: Answers) {
  startDesk({
    "/tickets/t-1": ticket(),
    "/tickets/t-1/messages": { messages: [message({ reading: reading({ explanation: EXPLANATION }) })], has_more: false },
    "/tickets/t-1/timeline": { events: [] },
    "/tickets/t-1/escalations": { escalations: [] },
    ...answers,
  });
  return open("/tickets/t-1?pane=details");
}

async function choose(user: Awaited<ReturnType<typeof open>>["user"], name: string, option: string) {
  const select = await screen.findByRole("combobox", { name });
  select.focus();
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("option", { name: option }));
}

test("a category set right is sent and said to be noted", async () => {
  const sent: unknown[] = [];
  const { user } = await openTicket({
    "PATCH /tickets/t-1": (body: unknown) => {
      sent.push(body);
      return ticket({ category: "payment" });
    },
  });
  await choose(user, "Исправить: категория", "Оплата");
  expect(await screen.findByText("Учтено. Локальный ИИ на этом научится.")).toBeTruthy();
  expect(sent).toEqual([{ category: "payment" }]);
  expect(screen.getByRole("combobox", { name: "Исправить: категория" }).textContent).toBe("Оплата");
});

test("going back to what the AI read is saved, but teaches nothing", async () => {
  const { user } = await openTicket({
    "/tickets/t-1": ticket({ intent: "complaint" }),
    "PATCH /tickets/t-1": ticket({ intent: "question" }),
  });
  await choose(user, "Исправить: намерение", "Вопрос");
  expect(await screen.findByText("Сохранено.")).toBeTruthy();
});

test("a change that is refused is taken back and told", async () => {
  const { user } = await openTicket({ "PATCH /tickets/t-1": refusal(503, "unavailable") });
  await choose(user, "Исправить: категория", "Оплата");
  expect(await screen.findByText(/Не сохранено/)).toBeTruthy();
  expect(screen.getByRole("combobox", { name: "Исправить: категория" }).textContent).toBe("Доставка");
});

test("similar examples stand apart from the words, each with what it stands for", async () => {
  await openTicket({});
  expect(await screen.findByText("курьер")).toBeTruthy();
  const example = screen.getByText("где мой курьер").closest("li");
  expect(example?.textContent).toBe("где мой курьерДоставка");
  expect(screen.getByText("Похожие примеры, на которых он учился").closest("details")?.open).toBe(false);
});
