import { describe, expect, test } from "vitest";
import { closeOpen, inline, parse, safeHref } from "../src/markdown/parse";

describe("answers", () => {
  test("paragraphs, emphasis and line breaks", () => {
    expect(parse("Takes **2–3 days**\nfrom *now*.")).toEqual([
      {
        t: "p",
        children: [
          { t: "text", text: "Takes " },
          { t: "strong", children: [{ t: "text", text: "2–3 days" }] },
          { t: "br" },
          { t: "text", text: "from " },
          { t: "em", children: [{ t: "text", text: "now" }] },
          { t: "text", text: "." },
        ],
      },
    ]);
  });

  test("lists right after a line of text, nested ones too", () => {
    const [lead, list] = parse("You need:\n1. a receipt\n2. the box\n   - with foam");
    expect(lead?.t).toBe("p");
    expect(list).toMatchObject({ t: "list", ordered: true, start: 1 });
    expect(list?.t === "list" && list.items[1]?.[1]).toMatchObject({ t: "list", ordered: false });
  });

  test("numbers in brackets point at sources", () => {
    expect(inline("Two days [1].")).toContainEqual({ t: "cite", n: 1 });
  });

  test("tables", () => {
    expect(parse("| City | Days |\n|---|---|\n| Almaty | 1 |")[0]).toMatchObject({ t: "table", rows: [[[{ text: "Almaty" }], [{ text: "1" }]]] });
  });

  test("snake_case and 2 * 3 * 4 are not emphasis", () => {
    expect(inline("order_status_id and 2 * 3 * 4")).toEqual([{ t: "text", text: "order_status_id and 2 * 3 * 4" }]);
  });

  test("a mark that a stream has opened is closed, half a mark is held back", () => {
    expect(closeOpen("takes **2–3 da")).toBe("takes **2–3 da**");
    expect(closeOpen("takes *")).toBe("takes ");
    expect(closeOpen("takes **two** days")).toBe("takes **two** days");
  });
});

describe("hostile text", () => {
  test("HTML stays text", () => {
    expect(parse("<img src=x onerror=alert(1)>")).toEqual([
      { t: "p", children: [{ t: "text", text: "<img src=x onerror=alert(1)>" }] },
    ]);
  });

  test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "\u0001javascript:x"])(
    "%s is not a link",
    (target) => {
      expect(safeHref(target)).toBeNull();
      expect(inline(`[press](${target})`).every((node) => node.t !== "link")).toBe(true);
    },
  );

  test.each(["[", "*", "**a ", "_", "`", "> ", "- ", "[a](", "|", "~~x"])("100,000 characters of %j end soon", (unit) => {
    const started = performance.now();
    parse(unit.repeat(Math.ceil(100_000 / unit.length)));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
