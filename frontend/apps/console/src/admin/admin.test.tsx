import { screen, waitFor, within } from "@testing-library/react";
import type { AuditEntry, Me, Person } from "@frontdesk/api";
import { afterEach, expect, test } from "vitest";
import { open, OPERATOR, refusal, startDesk, stopDesk } from "../testDesk";
import { toAuditQuery } from "./auditSearch";

afterEach(stopDesk);

const MARKUP = `<img src=x onerror="alert(1)">`;

const person = (parts: Partial<Person> = {}): Person => ({
  person_id: "p-1", email: "dana@desk.example", name: "Dana", role: "manager", categories: null, channels: null, status: "active", has_totp: false, has_passkey: false, created_at: "2026-05-01T10:00:00Z", ...parts,
});

const entry = (parts: Partial<AuditEntry> = {}): AuditEntry => ({
  entry_id: "9", number: 9, at: "2026-05-01T10:00:00Z", actor: { kind: "person", id: "p-1", name: "Dana" }, action: "person.changed", object: { kind: "person", id: "p-2" }, changes: [{ field: "role", before: "viewer", after: "manager" }], network: "203.0.113.7", request_id: null, hash: null, ...parts,
});

const page = (entries: AuditEntry[], next_cursor: string | null = null) => ({ entries, next_cursor, head: { number: 9, hash: "h" } });

test("who is no admin is offered no admin pages, and is told so by their address", async () => {
  const viewer: Me = { ...OPERATOR, permissions: ["tickets:read", "analytics:read"] };
  startDesk({ "/auth/me": viewer });
  await open("/team");
  expect(await screen.findByText("Это вам не разрешено.")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Доступ" })).toBeNull();
});

test("names with markup are text", async () => {
  startDesk({ "/people": { people: [person({ name: MARKUP })] }, "/people/p-1/sessions": { sessions: [] } });
  const { user } = await open("/team");
  await user.click(await screen.findByRole("button", { name: (name) => name.startsWith(MARKUP) }));
  expect(await screen.findByRole("dialog", { name: MARKUP })).toBeTruthy();
  expect(document.querySelector("img[src=x]")).toBeNull();
});

test("an invitation goes out with its limits, and its link is there to be copied", async () => {
  const sent: unknown[] = [];
  startDesk({
    "/people": { people: [] },
    "POST /people": (body: unknown) => {
      sent.push(body);
      return Response.json({ person: person({ status: "invited" }), link: "http://desk/console/sign-in#invitation=t" }, { status: 201 });
    },
  });
  const { user } = await open("/team");
  await user.click(await screen.findByRole("button", { name: "Пригласить" }));
  const sheet = await screen.findByRole("dialog");
  await user.click(within(sheet).getByRole("button", { name: "Пригласить" }));
  expect(within(sheet).getByLabelText("Имя").getAttribute("aria-invalid")).toBe("true");
  await user.type(within(sheet).getByLabelText("Имя"), "Dana");
  await user.type(within(sheet).getByLabelText("Эл. почта"), "dana@desk.example");
  await user.click(within(sheet).getByRole("button", { name: "Доставка" }));
  await user.click(within(sheet).getByRole("button", { name: "Пригласить" }));
  const link = await within(sheet).findByLabelText("Ссылка приглашения");
  expect((link as HTMLInputElement).value).toContain("#invitation=t");
  expect(sent).toEqual([{ name: "Dana", email: "dana@desk.example", role: "manager", categories: ["delivery"], channels: null }]);
});

test("the last admin stays", async () => {
  startDesk({ "/people": { people: [person({ role: "admin" })] }, "/people/p-1/sessions": { sessions: [] }, "PATCH /people/p-1": refusal(409, "conflict") });
  const { user } = await open("/team");
  await user.click(await screen.findByRole("button", { name: /^Dana/ }));
  await user.click(await screen.findByRole("button", { name: "Отключить" }));
  const dialog = await screen.findByRole("alertdialog");
  await user.click(within(dialog).getByRole("button", { name: "Отключить" }));
  expect((await within(dialog).findByRole("alert")).textContent).toMatch(/Без администратора/);
});

test("a key is made with what it may do, and shown once", async () => {
  const sent: unknown[] = [];
  const made = { key_id: "k-1", name: "Shop", scopes: ["tickets:write"], created_at: "2026-05-01T10:00:00Z", expires_at: null, revoked_at: null, used_at: null };
  startDesk({ "/keys": { keys: [made] }, "POST /keys": (body: unknown) => (sent.push(body), Response.json({ ...made, key: "fdk_secret" }, { status: 201 })) });
  const { user } = await open("/keys");
  await user.click(await screen.findByRole("button", { name: "Новый ключ" }));
  const sheet = await screen.findByRole("dialog");
  await user.type(within(sheet).getByLabelText("Для чего он"), "Shop");
  await user.click(within(sheet).getByRole("button", { name: "Создать ключ" }));
  expect(within(sheet).getByRole("alert").textContent).toBe("Выберите хотя бы одно.");
  await user.click(within(sheet).getByRole("checkbox", { name: /Отвечать и менять/ }));
  await user.click(within(sheet).getByRole("button", { name: "Создать ключ" }));
  expect(((await within(sheet).findByLabelText("Ключ")) as HTMLInputElement).value).toBe("fdk_secret");
  expect(sent).toEqual([{ name: "Shop", scopes: ["tickets:write"], expires_in_days: 365 }]);
  await user.click(within(sheet).getByRole("button", { name: "Готово" }));
  await waitFor(() => expect(document.body.innerHTML).not.toContain("fdk_secret"));
});

test("the audit says in words what was done, page by page", async () => {
  startDesk({ "/audit": page([entry(), entry({ entry_id: "8", actor: { kind: "ai", id: "ai", name: "ai" }, action: "ticket.answered", object: { kind: "ticket", id: "t-1" }, changes: [] })], "8") });
  await open("/audit");
  const list = await screen.findByRole("list", { name: "Журнал" });
  expect(within(list).getByText("Человек изменён")).toBeTruthy();
  expect(within(list).getByText("Роль: Наблюдатель → Менеджер")).toBeTruthy();
  expect(within(list).getByRole("link", { name: "Открыть обращение" }).getAttribute("href")).toBe("/console/tickets/t-1");
  expect(screen.getByRole("button", { name: "Показать более ранние" })).toBeTruthy();
});

test("days are whole, the last one too", () => {
  const { since, until } = toAuditQuery({ since: "2026-05-01", until: "2026-05-01" });
  expect(Date.parse(String(until)) - Date.parse(String(since))).toBe(86_400_000);
  expect(toAuditQuery({ since: "never", until: "2026-13-45" })).toEqual({});
});

test("a channel in trouble stands first, with what is missing and what went wrong", async () => {
  const can = { style: { max_words: 100, max_characters: null, tone: "friendly" }, window: null, formatting: "basic", buttons: null, templates: false, tells: [], receipts: [], media: [] };
  const account = (channel: string, health: string, parts: object = {}) => ({ channel, account: "default", webhook: null, polled: false, health, report: null, queued: 0, capabilities: can, ...parts });
  const report = { connected: false, name: "@shop_bot", waiting: 12, error: MARKUP, error_at: null, expires_at: null, quality: "", missing: ["TELEGRAM_BOT_TOKEN"], checked_at: "2026-05-01T10:00:00Z", since: "2026-05-01T09:00:00Z" };
  startDesk({ "/channels": [account("web_chat", "ok"), account("phone", "ok", { account: "api" }), account("telegram", "trouble", { report, polled: true, queued: 3 })] });
  await open("/channels");
  const rows = within(await screen.findByRole("list", { name: "Каналы" })).getAllByRole("listitem");
  expect(rows).toHaveLength(2);
  expect(rows[0]?.textContent).toContain("Telegram · @shop_bot");
  expect(rows[0]?.textContent).toContain("есть неполадка");
  expect(rows[0]?.textContent).toContain("Не хватает: TELEGRAM_BOT_TOKEN");
  expect(rows[0]?.textContent).toContain(MARKUP);
  expect(rows[0]?.textContent).toContain("ответов ждёт отправки: 3");
  expect(rows[1]?.textContent).toContain("работает");
});
