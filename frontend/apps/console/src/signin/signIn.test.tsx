import { act, screen, waitFor } from "@testing-library/react";
import type { Me, SignedIn } from "@frontdesk/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { network, open, OPERATOR, refusal, startDesk, stopDesk, type Answers } from "../testDesk";
import { safeNext } from "./next";

const PERSON = { person_id: "p-1", email: "dana@desk.example", name: "Dana", role: "admin", categories: null, channels: null, status: "active", has_totp: false, has_passkey: false, created_at: "2026-05-01T10:00:00Z" } as const;
const SIGNED_IN: SignedIn = { state: "signed_in", person: PERSON, permissions: OPERATOR.permissions, access_token: "a", expires_in: 600, csrf_token: "c-1" };
const ME: Me = { kind: "person", id: "p-1", name: "Dana", permissions: OPERATOR.permissions, person: PERSON, csrf_token: "c-1" };

const nobody: Answers = { "/auth/me": refusal(401, "unauthorized"), "POST /auth/refresh": refusal(401, "unauthorized") };

beforeEach(() => {
  location.hash = "";
});
afterEach(stopDesk);

/** Nobody until the test says so. */
function arriving(answers: Answers): { isIn: boolean } {
  const state = { isIn: false };
  startDesk({ ...nobody, "/auth/me": () => (state.isIn ? ME : refusal(401, "unauthorized")()), ...answers });
  return state;
}

async function fillIn(user: Awaited<ReturnType<typeof open>>["user"]) {
  await user.type(await screen.findByLabelText("Эл. почта"), "dana@desk.example");
  await user.type(screen.getByLabelText("Пароль"), "a long password{Enter}");
}

test("who has not signed in is asked to, and comes to the page that was asked for", async () => {
  const state = arriving({ "POST /auth/sign-in": () => ((state.isIn = true), SIGNED_IN), "/classifiers": { tasks: [] } });
  const { user } = await open("/learning");
  await fillIn(user);
  expect(await screen.findByRole("heading", { name: "Обучение" })).toBeTruthy();
});

test("a wrong password is told, and the field is ready for another", async () => {
  startDesk({ ...nobody, "POST /auth/sign-in": refusal(401, "unauthorized") });
  const { user } = await open("/sign-in");
  await fillIn(user);
  expect((await screen.findByRole("alert")).textContent).toBe("Неверный адрес или пароль.");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Пароль")));
});

test("what is missing is told at its field before anything is sent", async () => {
  startDesk(nobody);
  const { user } = await open("/sign-in");
  await user.click(await screen.findByRole("button", { name: "Войти" }));
  const email = screen.getByLabelText("Эл. почта");
  expect(document.activeElement).toBe(email);
  expect(email.getAttribute("aria-invalid")).toBe("true");
});

test("after too many attempts the button tells how long to wait", async () => {
  const tooMany = () =>
    Response.json({ error: { code: "rate_limited", message: "?", details: null, request_id: "r" } }, { status: 429, headers: { "Retry-After": "90" } });
  startDesk({ ...nobody, "POST /auth/sign-in": tooMany });
  const { user } = await open("/sign-in");
  await fillIn(user);
  expect((await screen.findByRole("alert")).textContent).toMatch(/через 2 мин/);
  expect((screen.getByRole("button", { name: /Подождите/ }) as HTMLButtonElement).disabled).toBe(true);
});

test("a second factor is asked for after the password", async () => {
  const given: unknown[] = [];
  const state = arriving({
    "POST /auth/sign-in": { state: "second_factor", challenge: "ch", factors: ["totp"] },
    "POST /auth/code": (body: unknown) => {
      state.isIn = given.push(body) > 1;
      return state.isIn ? SIGNED_IN : refusal(401, "unauthorized")();
    },
  });
  const { user } = await open("/sign-in");
  await fillIn(user);
  const code = await screen.findByLabelText("Код из приложения");
  await user.type(code, "12 34 5{Enter}");
  expect(given).toEqual([]);
  await user.type(code, "6{Enter}");
  expect((await screen.findByRole("alert")).textContent).toMatch(/другой код/);
  await user.clear(code);
  await user.type(code, "654321{Enter}");
  await waitFor(() => expect(given).toEqual([{ challenge: "ch", code: "123456" }, { challenge: "ch", code: "654321" }]));
  expect(await screen.findByText("Входящих нет")).toBeTruthy();
});

test("the token of a link leaves the address at once", async () => {
  const given: unknown[] = [];
  location.hash = "#invitation=tok-1";
  const state = arriving({
    "POST /auth/password": (body: unknown) => {
      given.push(body);
      state.isIn = true;
      return SIGNED_IN;
    },
  });
  const { user } = await open("/sign-in");
  const field = await screen.findByLabelText("Новый пароль");
  expect(location.hash).toBe("");
  await user.type(field, "aaaaaaaaaaaa{Enter}");
  expect(given).toEqual([]);
  await user.clear(field);
  await user.type(field, "correct horse battery{Enter}");
  await waitFor(() => expect(given).toEqual([{ token: "tok-1", password: "correct horse battery" }]));
});

test("a link that was used says where another comes from", async () => {
  location.hash = "#reset=tok-2";
  startDesk({ ...nobody, "POST /auth/password": refusal(401, "unauthorized") });
  const { user } = await open("/sign-in");
  await user.type(await screen.findByLabelText("Новый пароль"), "correct horse battery{Enter}");
  expect(await screen.findByRole("heading", { name: "Эта ссылка больше не работает" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Запросить новую ссылку" }));
  expect(await screen.findByRole("heading", { name: "Выбрать новый пароль" })).toBeTruthy();
});

test("a sign-in that ended while the inbox was open is told", async () => {
  let ended = false;
  startDesk({ "/auth/me": () => (ended ? refusal(401, "unauthorized")() : ME), "POST /auth/refresh": refusal(401, "unauthorized") });
  await open("/");
  await screen.findByText("Входящих нет");
  ended = true;
  act(() => network.last.drop(1008));
  expect(await screen.findByText(/Вы вышли из системы/)).toBeTruthy();
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/console/sign-in?next=/x", "javascript:alert(1)"])("%s is no place to go on to", (next) => {
  expect(safeNext(next).href).toBe(new URL("/console/", location.origin).href);
});

test("a page of this origin is", () => {
  expect(safeNext("/console/tickets/1?status=open").href).toBe(new URL("/console/tickets/1?status=open", location.origin).href);
  expect(safeNext("/..//evil.example").origin).toBe(location.origin);
});

test("somebody who was let in and refused a moment later is at the sign-in, not on the way between", async () => {
  startDesk({ ...nobody, "POST /auth/sign-in": SIGNED_IN });
  const { user } = await open("/sign-in");
  await fillIn(user);
  expect(await screen.findByText(/Вы вышли из системы/)).toBeTruthy();
});

test("whoever goes back from the sign-in without signing in comes to it again", async () => {
  startDesk(nobody);
  const { router } = await open("/learning");
  await screen.findByRole("heading", { name: "Вход" });
  await act(() => router.navigate({ to: "/knowledge" }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ next: "/console/knowledge" }));
  expect(await screen.findByRole("heading", { name: "Вход" })).toBeTruthy();
});
