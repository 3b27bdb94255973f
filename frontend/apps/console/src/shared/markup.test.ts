import { expect, test } from "vitest";
import { parseBlocks, parseInline, plain } from "./markup";

test("bold, code, citations and links are told apart", () => {
  expect(parseInline("Идёт **2–4 дня** [1], код `A-1`, [правила](https://a.kz/x).")).toEqual([
    { kind: "text", text: "Идёт " },
    { kind: "strong", text: "2–4 дня" },
    { kind: "text", text: " " },
    { kind: "cite", n: 1 },
    { kind: "text", text: ", код " },
    { kind: "code", text: "A-1" },
    { kind: "text", text: ", " },
    { kind: "link", text: "правила", href: "https://a.kz/x" },
    { kind: "text", text: "." },
  ]);
});

test("a bare address leaves the full stop outside", () => {
  expect(parseInline("См. https://a.kz/d.")).toEqual([
    { kind: "text", text: "См. " },
    { kind: "link", text: "https://a.kz/d", href: "https://a.kz/d" },
    { kind: "text", text: "." },
  ]);
});

test("a script address is never a link", () => {
  expect(parseInline("[жми](javascript:alert(1))").every((part) => part.kind === "text")).toBe(true);
});

test("HTML stays text", () => {
  expect(parseInline("<img onerror=x>")).toEqual([{ kind: "text", text: "<img onerror=x>" }]);
});

test("paragraphs, bullets and numbers become blocks", () => {
  const blocks = parseBlocks("Да.\nВсё верно.\n\n- один\n- два\n\n3. три\n4. четыре");
  expect(blocks.map((block) => block.kind)).toEqual(["paragraph", "list", "list"]);
  expect(blocks[1]).toMatchObject({ ordered: false, items: [[{ text: "один" }], [{ text: "два" }]] });
  expect(blocks[2]).toMatchObject({ ordered: true, start: 3 });
});

test("a quotation loses its marks", () => {
  expect(plain("## Сроки\n**2–4** дня")).toBe("Сроки\n2–4 дня");
});
