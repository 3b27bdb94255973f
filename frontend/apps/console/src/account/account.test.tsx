import { screen, within } from "@testing-library/react";
import type { Me, OpenSession } from "@frontdesk/api";
import { afterEach, expect, test } from "vitest";
import { deviceOf } from "../shared/device";
import { broken, strength } from "../shared/passwordRules";
import { open, OPERATOR, refusal, startDesk, stopDesk, type Answers } from "../testDesk";

afterEach(stopDesk);

const PERSON = { person_id: "p-1", email: "dana@desk.example", name: "Dana", role: "manager", categories: null, channels: null, status: "active", has_totp: false, has_passkey: false, created_at: "2026-05-01T10:00:00Z" } as const;
const ME: Me = { ...OPERATOR, id: "p-1", name: "Dana", person: PERSON, csrf_token: "c" };
const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const session = (parts: Partial<OpenSession>): OpenSession => ({
  session_id: "s-1", network: "203.0.113.7", agent: SAFARI, created_at: "2026-05-01T10:00:00Z", seen_at: "2026-05-01T10:00:00Z", expires_at: "2026-06-01T10:00:00Z", is_current: false, ...parts,
});

function account(answers: Answers = {}): void {
  startDesk({ "/auth/me": ME, "/auth/me/sessions": { sessions: [session({})] }, "/auth/me/passkeys": { passkeys: [] }, ...answers });
}

test("another session is named by its device and ended", async () => {
  let ended = 0;
  account({ "DELETE /auth/me/sessions/s-1": () => ((ended += 1), new Response(null, { status: 204 })) });
  const { user } = await open("/account");
  await user.click(await screen.findByRole("button", { name: "Завершить вход: Safari, iPhone" }));
  expect(ended).toBe(1);
});

test("a wrong password is told in words, and nothing changes", async () => {
  account({ "POST /auth/me/password": refusal(403, "forbidden") });
  const { user } = await open("/account");
  const panel = within(await screen.findByRole("region", { name: "Пароль" }));
  await user.type(panel.getByLabelText("Нынешний пароль"), "wrong");
  await user.type(panel.getByLabelText("Новый пароль"), "correct horse battery{Enter}");
  expect((await panel.findByRole("alert")).textContent).toBe("Неверный пароль.");
});

test("an authenticator app is set up by password, QR code and its first code", async () => {
  const given: unknown[] = [];
  account({
    "POST /auth/me/totp": { setup: "st", secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/Desk:dana?secret=JBSWY3DPEHPK3PXP" },
    "PUT /auth/me/totp": (body: unknown) => (given.push(body), new Response(null, { status: 204 })),
  });
  const { user } = await open("/account");
  await user.click(await screen.findByRole("button", { name: "Настроить" }));
  const sheet = within(await screen.findByRole("dialog"));
  await user.type(sheet.getByLabelText("Ваш пароль"), "a long password{Enter}");
  const drawn = await sheet.findByRole("img", { name: /QR/ });
  expect(drawn.querySelector("path")?.getAttribute("d")).toMatch(/^M/);
  expect((sheet.getByLabelText("Или введите вручную") as HTMLInputElement).value).toBe("JBSWY3DPEHPK3PXP");
  await user.type(sheet.getByLabelText("Код из приложения"), "123456{Enter}");
  expect(await sheet.findByText(/Приложение настроено/)).toBeTruthy();
  expect(given).toEqual([{ setup: "st", code: "123456" }]);
});

test("somebody signs out by the menu", async () => {
  let isIn = true;
  account({ "/auth/me": () => (isIn ? ME : refusal(401, "unauthorized")()), "POST /auth/refresh": refusal(401, "unauthorized"), "POST /auth/sign-out": () => ((isIn = false), new Response(null, { status: 204 })) });
  const { user } = await open("/");
  await user.click(await screen.findByRole("button", { name: "Dana: учётная запись" }));
  await user.click(await screen.findByRole("button", { name: "Выйти" }));
  expect(await screen.findByRole("heading", { name: "Вход" })).toBeTruthy();
  expect(screen.queryByText(/Вы вышли из системы/)).toBeNull();
});

test.each([
  [SAFARI, "Safari", "iPhone"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 YaBrowser/25.8.0.0 Safari/537.36", "Yandex Browser", "Windows"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge", "Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox", "Linux"],
  ["curl/8.5.0", null, null],
])("%s", (agent, browser, system) => {
  expect(deviceOf(agent)).toEqual({ browser, system });
});

test("the rules of a password are the server's", () => {
  expect(broken("short")).toEqual(["length"]);
  expect(broken("aaaaaaaaaaaa")).toEqual(["variety"]);
  expect(broken("dana.iskak@desk.example", "Dana.Iskak@desk.example")).toEqual(["notEmail"]);
  expect(broken("пароль из слов")).toEqual([]);
  expect(strength("aaaaaaaaaaaa")).toBe(0);
  expect(strength("correct horse battery staple")).toBe(3);
  expect(strength("abcdabcdabcd")).toBe(1);
});
