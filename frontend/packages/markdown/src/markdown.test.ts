import { describe, expect, test } from "vitest";
import { closeMarks, parseBlocks, parseInline, plainText, safeHref } from "./index";

describe("blocks", () => {
  test("paragraphs, emphasis and line breaks", () => {
    expect(parseBlocks("Takes **2–3 days**\nfrom *now*.")).toEqual([
      {
        kind: "paragraph",
        children: [
          { kind: "text", text: "Takes " },
          { kind: "strong", children: [{ kind: "text", text: "2–3 days" }] },
          { kind: "break" },
          { kind: "text", text: "from " },
          { kind: "emphasis", children: [{ kind: "text", text: "now" }] },
          { kind: "text", text: "." },
        ],
      },
    ]);
  });

  test("lists right after a line of text, nested ones too", () => {
    const [lead, list] = parseBlocks("You need:\n1. a receipt\n2. the box\n   - with foam");
    expect(lead?.kind).toBe("paragraph");
    expect(list).toMatchObject({ kind: "list", ordered: true, start: 1 });
    expect(list?.kind === "list" && list.items[1]?.[1]).toMatchObject({ kind: "list", ordered: false });
  });

  test("tables", () => {
    expect(parseBlocks("| City | Days |\n|---|---|\n| Almaty | 1 |")[0]).toMatchObject({ kind: "table", rows: [[[{ text: "Almaty" }], [{ text: "1" }]]] });
  });

  test("paragraphs, bullets and numbers become blocks", () => {
    const blocks = parseBlocks("Да.\nВсё верно.\n\n- один\n- два\n\n3. три\n4. четыре");
    expect(blocks.map((block) => block.kind)).toEqual(["paragraph", "list", "list"]);
    expect(blocks[1]).toMatchObject({
      ordered: false,
      items: [[{ children: [{ text: "один" }] }], [{ children: [{ text: "два" }] }]],
    });
    expect(blocks[2]).toMatchObject({ ordered: true, start: 3 });
  });
});

describe("marks in a line", () => {
  test("bold, code, citations and links are told apart", () => {
    expect(parseInline("Идёт **2–4 дня** [1], код `A-1`, [правила](https://a.kz/x).")).toEqual([
      { kind: "text", text: "Идёт " },
      { kind: "strong", children: [{ kind: "text", text: "2–4 дня" }] },
      { kind: "text", text: " " },
      { kind: "citation", n: 1 },
      { kind: "text", text: ", код " },
      { kind: "code", text: "A-1" },
      { kind: "text", text: ", " },
      { kind: "link", href: "https://a.kz/x", children: [{ kind: "text", text: "правила" }] },
      { kind: "text", text: "." },
    ]);
  });

  test("numbers in brackets point at sources", () => {
    expect(parseInline("Two days [1].")).toContainEqual({ kind: "citation", n: 1 });
  });

  test("a bare address leaves the full stop outside", () => {
    expect(parseInline("См. https://a.kz/d.")).toEqual([
      { kind: "text", text: "См. " },
      { kind: "link", href: "https://a.kz/d", children: [{ kind: "text", text: "https://a.kz/d" }] },
      { kind: "text", text: "." },
    ]);
  });

  test("snake_case and 2 * 3 * 4 are not emphasis", () => {
    expect(parseInline("order_status_id and 2 * 3 * 4")).toEqual([{ kind: "text", text: "order_status_id and 2 * 3 * 4" }]);
  });
});

describe("text that is still being written", () => {
  test("a mark that a stream has opened is closed, half a mark is held back", () => {
    expect(closeMarks("takes **2–3 da")).toBe("takes **2–3 da**");
    expect(closeMarks("takes *")).toBe("takes ");
    expect(closeMarks("takes **two** days")).toBe("takes **two** days");
  });

  test.each(["takes **two**", "takes *two*", "run `frontdesk`"])("a mark that ends the text stays: %s", (text) => {
    expect(closeMarks(text)).toBe(text);
  });

  test("half of a closing mark is held back and the mark closed", () => {
    expect(closeMarks("takes **two*")).toBe("takes **two**");
  });

  test("a quotation loses its marks", () => {
    expect(plainText("## Сроки\n**2–4** дня")).toBe("Сроки\n2–4 дня");
  });
});

describe("hostile text", () => {
  test("a script address is never a link", () => {
    expect(parseInline("[жми](javascript:alert(1))").every((node) => node.kind === "text")).toBe(true);
  });

  test("HTML in a line stays text", () => {
    expect(parseInline("<img onerror=x>")).toEqual([{ kind: "text", text: "<img onerror=x>" }]);
  });

  test("HTML stays text", () => {
    expect(parseBlocks("<img src=x onerror=alert(1)>")).toEqual([
      { kind: "paragraph", children: [{ kind: "text", text: "<img src=x onerror=alert(1)>" }] },
    ]);
  });

  test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "\u0001javascript:x"])(
    "%s is not a link",
    (target) => {
      expect(safeHref(target)).toBeNull();
      expect(parseInline(`[press](${target})`).every((node) => node.kind !== "link")).toBe(true);
    },
  );

  test.each(["[", "*", "**a ", "_", "`", "> ", "- ", "[a](", "|", "~~x"])("100,000 characters of %j end soon", (unit) => {
    const started = performance.now();
    parseBlocks(unit.repeat(Math.ceil(100_000 / unit.length)));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
