import { expect, test } from "vitest";
import { TRANSLATIONS } from "./all";

function flatten(tree: object, prefix = ""): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") leaves.set(path, value);
    else for (const [inner, text] of flatten(value as object, path)) leaves.set(inner, text);
  }
  return leaves;
}

const english = flatten(TRANSLATIONS.en);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

test.each(["ru", "kk"] as const)("%s has exactly the keys of en", (language) => {
  expect([...flatten(TRANSLATIONS[language]).keys()].sort()).toEqual([...english.keys()].sort());
});

test.each(["ru", "kk", "en"] as const)("no value of %s is empty", (language) => {
  const empty = [...flatten(TRANSLATIONS[language])].filter(([, text]) => text.trim() === "");
  expect(empty).toEqual([]);
});

test.each(["ru", "kk"] as const)("every text of %s takes the same values as the English one", (language) => {
  for (const [key, text] of flatten(TRANSLATIONS[language])) {
    expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ""));
  }
});

// Loanwords and units that both languages write alike.
const ALIKE = new Set([
  "Телефон",
  "Балл {{score}}",
  "Клиент",
  "Менеджер",
  "Модель",
  "{{n}} мин",
  "{{n}} с",
  "{{n}} мс",
]);

test("no Russian text was left in the Kazakh resources", () => {
  const russian = flatten(TRANSLATIONS.ru);
  const left = [...flatten(TRANSLATIONS.kk)].filter(
    ([key, text]) => russian.get(key) === text && /[а-яё]/i.test(text) && !ALIKE.has(text),
  );
  expect(left).toEqual([]);
});
