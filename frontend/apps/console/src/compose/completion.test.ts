import { expect, test } from "vitest";
import type { Phrase } from "@frontdesk/api";
import { completionOf } from "./completion";
import { firstGap, gapsOf } from "./gaps";
import { slashAt } from "./slash";

const PHRASES: Phrase[] = [
  { text: "Мы вернули деньги на карту.", source: "macro" },
  { text: "Мы вернули заказ на склад.", source: "reply" },
  { text: "Delivery takes three days.", source: "article" },
];

test.each([
  ["Мы вернули", " деньги на карту."],
  ["мы ВЕРНУЛИ з", "аказ на склад."],
  ["Добрый день! Мы в", "ернули деньги на карту."],
  ["First line\ndeli", "very takes three days."],
  ["Мы", ""],
  ["Мы вернули деньги на карту.", ""],
  ["Мы вернули деньги на карту. ", ""],
  ["", ""],
])("%j goes on with %j", (text, rest) => {
  expect(completionOf(text, PHRASES)).toBe(rest);
});

test("a slash that begins a line looks for a macro by what follows it", () => {
  expect(slashAt("/", 1)).toEqual({ start: 0, query: "" });
  expect(slashAt("Hello\n/ref und", 14)).toEqual({ start: 6, query: "ref und" });
  expect(slashAt("/ref\nmore", 9)).toBeNull();
  expect(slashAt("km/h", 4)).toBeNull();
  expect(slashAt("/ref", 0)).toBeNull();
});

test("gaps are named once each, and the first is found to be written over", () => {
  expect(gapsOf("{{order.number}} {{customer.name}} {{ order.number }} {{other}}")).toEqual(["order.number", "customer.name"]);
  expect(firstGap("Order {{order.number}}!")).toEqual([6, 22]);
  expect(firstGap("{{other}}")).toBeNull();
});
