import { screen, waitFor, within } from "@testing-library/react";
import { ApiError, type ClassifierTask, type ClassifierVersion } from "@frontdesk/api";
import { afterEach, expect, test } from "vitest";
import { open, refusal, startDesk, stopDesk } from "../testDesk";
import { learnNow } from "./learnNow";

afterEach(stopDesk);

const version = (number: number, parts: Partial<ClassifierVersion> = {}): ClassifierVersion => ({
  number,
  state: "promoted",
  made_from: "corrections",
  examples: 40,
  labels: ["delivery", "payment"],
  measured: { accuracy: 0.9, accuracy_before: 0.6, held_out: 10, utterances: 0.9012, utterances_before: 0.9054, compared_with: 0 },
  created_at: "2026-05-01T10:00:00Z",
  ...parts,
});

const task = (parts: Partial<ClassifierTask> = {}): ClassifierTask => ({
  task: "category",
  in_use: 0,
  back_to: null,
  corrections: 0,
  new_corrections: 0,
  needed: 6,
  versions: [],
  ...parts,
});

const TAUGHT = task({
  in_use: 2,
  back_to: 1,
  corrections: 50,
  new_corrections: 4,
  versions: [version(2), version(1, { state: "retired" })],
});

const card = (name: string) => screen.findByRole("region", { name });

test("without corrections the page says how one is made", async () => {
  startDesk({ "/classifiers": { tasks: [task(), task({ task: "intent" })] } });
  await open("/learning");
  expect(await screen.findByText("Исправлений пока нет")).toBeTruthy();
  expect(screen.getByRole("link", { name: "К входящим" })).toBeTruthy();
});

test("a version tells in counts how right it was, and before", async () => {
  startDesk({ "/classifiers": { tasks: [TAUGHT] } });
  await open("/learning");
  const category = await card("Категория");
  expect(within(category).getAllByText("Отложенные исправления: верно 9 из 10, раньше 6 из 10")).toHaveLength(2);
  expect(within(category).getAllByRole("img", { name: "лучше" })).toHaveLength(2);
  // Less than a hundredth may be chance.
  expect(within(category).getAllByRole("img", { name: "примерно так же" })).toHaveLength(2);
  expect(within(category).getByText(/новых: 4/)).toBeTruthy();
});

test("with too few corrections the button is off and says why", async () => {
  startDesk({ "/classifiers": { tasks: [task({ corrections: 5 })] } });
  await open("/learning");
  const learn = await screen.findByRole("button", { name: "Обучить сейчас" });
  expect((learn as HTMLButtonElement).disabled).toBe(true);
  const reason = document.getElementById(learn.getAttribute("aria-describedby") ?? "");
  expect(reason?.textContent).toBe("Для обучения нужно исправлений: 6. Пока есть: 5.");
});

test("a desk's own task names its command and has nothing to learn from here", async () => {
  const own = task({ task: "wish_topics", in_use: null, needed: null, versions: [version(1, { state: "candidate", made_from: "examples", measured: { accuracy: 0.75, examples: 40 } })] });
  startDesk({ "/classifiers": { tasks: [own] } });
  await open("/learning");
  const region = await card("wish topics");
  expect(within(region).getByText("frontdesk model train --task wish_topics")).toBeTruthy();
  expect(within(region).getByText(/Отложенные примеры: верно 75.% из 40/)).toBeTruthy();
  expect(within(region).queryByRole("button", { name: "Обучить сейчас" })).toBeNull();
});

test("an older version comes into use after the question, not before it", async () => {
  let tasks = [TAUGHT];
  const wanted: unknown[] = [];
  startDesk({
    "/classifiers": () => ({ tasks }),
    "POST /classifiers/category/promote": (body: unknown) => {
      wanted.push(body);
      tasks = [task({ ...TAUGHT, in_use: 1, versions: [version(2, { state: "retired" }), version(1)] })];
      return version(1);
    },
  });
  const { user } = await open("/learning");
  await user.click(await screen.findByRole("button", { name: "Включить версию 1" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Включить версию 1?" });
  expect(wanted).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Включить" }));
  const notice = await screen.findByText("Теперь работает версия 1.");
  expect(wanted).toEqual([{ number: 1 }]);
  // The button that asked is gone with the change: the focus is at the notice.
  await waitFor(() => expect(document.activeElement?.contains(notice)).toBe(true));
  expect(screen.getByRole("button", { name: "Включить версию 2" })).toBeTruthy();
});

test("rolling back names where it leads, and a refusal stays in the question", async () => {
  startDesk({
    "/classifiers": { tasks: [task({ ...TAUGHT, back_to: 0 })] },
    "POST /classifiers/category/rollback": refusal(503, "unavailable"),
  });
  const { user } = await open("/learning");
  const button = await screen.findByRole("button", { name: "Вернуть прежнюю" });
  await user.click(button);
  const dialog = await screen.findByRole("alertdialog", { name: "Вернуть встроенную версию?" });
  await user.click(within(dialog).getByRole("button", { name: "Вернуть прежнюю" }));
  expect((await within(dialog).findByRole("alert")).textContent).toMatch(/Не получилось/);
  await user.click(within(dialog).getByRole("button", { name: "Отмена" }));
  await waitFor(() => expect(document.activeElement).toBe(button));
});

test("what the server refuses to learn from is told in words", async () => {
  startDesk({ "/classifiers": { tasks: [TAUGHT] }, "POST /classifiers/category/train": refusal(409, "conflict") });
  const { user } = await open("/learning");
  await user.click(await screen.findByRole("button", { name: "Обучить сейчас" }));
  expect(await screen.findByText("Исправлений слишком мало, чтобы на них учиться.")).toBeTruthy();
});

test("a list that cannot be loaded offers another try", async () => {
  startDesk({ "/classifiers": refusal(503, "unavailable") });
  await open("/learning");
  expect(await screen.findByRole("button", { name: "Повторить" })).toBeTruthy();
});

test("learning waits for a version that was not there, past a list that fails", async () => {
  const lists: (ClassifierTask[] | ApiError)[] = [[TAUGHT], new ApiError(0, "network", "?"), [task({ versions: [version(3), ...TAUGHT.versions] })]];
  const seen: number[] = [];
  const asked = {
    learnNow: async () => ({ status: "started" }),
    classifiers: async () => {
      const next = lists.shift();
      if (!next || next instanceof ApiError) throw next;
      return next;
    },
  };
  const made = await learnNow(asked, TAUGHT, (tasks) => seen.push(tasks[0]?.versions.length ?? 0), { everyMs: 1, forMs: 100 });
  expect(made?.number).toBe(3);
  expect(seen).toEqual([2, 3]);
});

test("learning does not wait for ever", async () => {
  const asked = { learnNow: async () => ({ status: "started" }), classifiers: async () => [TAUGHT] };
  expect(await learnNow(asked, TAUGHT, () => undefined, { everyMs: 1, forMs: 5 })).toBeNull();
});
