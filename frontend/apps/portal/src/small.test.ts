import type { PortalTickets } from "@frontdesk/api";
import { expect, test } from "vitest";
import { fileSize, longMoment, shortMoment } from "./shared/moment";
import { pathOf, routeOf } from "./shell/route";
import { ticket } from "./testDesk";
import { TEXTS } from "./texts";
import { readPages } from "./tickets/Desk";
import { fitting } from "./tickets/Files";
import { distinct } from "./tickets/MessageView";

test.each([
  ["/portal", "", { page: "list" }],
  ["/portal/", "", { page: "list" }],
  ["/portal/nowhere/at/all", "", { page: "list" }],
  ["/portal/new", "", { page: "new" }],
  ["/portal/enter", "#a.b", { page: "enter", token: "a.b" }],
  ["/portal/tickets/T-000001", "", { page: "ticket", id: "T-000001" }],
  ["/portal/tickets/a%2Fb/", "", { page: "ticket", id: "a/b" }],
  ["/portal/tickets/%E0%A4%A", "", { page: "ticket", id: "%E0%A4%A" }],
])("%s%s is %j", (path, hash, route) => {
  expect(routeOf(path, hash)).toEqual(route);
});

test("a ticket's address leads back to it", () => {
  expect(routeOf(pathOf({ page: "ticket", id: "ТИКЕТ 1/2" }), "")).toEqual({ page: "ticket", id: "ТИКЕТ 1/2" });
});

test("every language says everything", () => {
  const shape = (texts: object): string[] =>
    Object.entries(texts).flatMap(([key, value]) => (typeof value === "object" ? shape(value as object).map((name) => `${key}.${name}`) : [`${key}:${typeof value}`]));
  for (const texts of Object.values(TEXTS)) expect(shape(texts)).toEqual(shape(TEXTS.ru));
  expect(TEXTS.kk.empty).not.toBe(TEXTS.ru.empty);
});

test("two passages of one article are one source", () => {
  const source = { title: "Delivery", url: null };
  expect(distinct([source, { ...source }, { title: "Delivery", url: "https://shop.example" }])).toHaveLength(2);
});

test("a message takes five files of ten megabytes", () => {
  const file = (size: number) => ({ size }) as File;
  expect(fitting([file(1), file(2)])).toEqual({ files: [file(1), file(2)], isOver: false });
  expect(fitting([file(11_000_000), file(2)])).toEqual({ files: [file(2)], isOver: true });
  expect(fitting(Array.from({ length: 6 }, () => file(1))).files).toHaveLength(5);
});

test("moments are short where they are near", () => {
  const now = new Date(2026, 10, 21, 12, 0);
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).toISOString();
  expect(shortMoment(TEXTS.en, "en", at(21, 9), now)).toBe("09:05");
  expect(shortMoment(TEXTS.kk, "kk", at(20, 9), now)).toBe("Кеше");
  expect(shortMoment(TEXTS.ru, "ru", at(3, 9), now)).toBe("3 ноября");
  expect(longMoment("en", at(22, 9), now)).toBe("22 November, 09:05");
  expect(fileSize(120, "en")).toBe("1 kB");
  expect(fileSize(2_560_000, "ru")).toBe("2,6 МБ");
});

test("a ticket that moved between two pages while they were read stands once", async () => {
  const page = (number: number): Promise<PortalTickets> =>
    Promise.resolve({
      tickets: [ticket({ ticket_id: "moved" }), ticket({ ticket_id: `own ${number}` })],
      pagination: { page: number, limit: 2, total: 4, has_next: number < 2, has_prev: number > 1, next_cursor: null },
    });
  const whole = await readPages(2, page);
  expect(whole.tickets.map((one) => one.ticket_id)).toEqual(["moved", "own 1", "own 2"]);
  expect(whole.pagination.has_next).toBe(false);
});
