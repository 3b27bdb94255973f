import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../tokens.css"), "utf8");

function themeOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(selector)).match(/\{([^}]*)\}/)?.[1] ?? "";
  return Object.fromEntries([...block.matchAll(/--fd-([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** The lightest surface of dark and the darkest of light that text stands on, without the tints. */
const SURFACE = { ":root,": "#121212", '[data-theme="light"] {': "#eff1f1" };

test.each(Object.entries(SURFACE))("text and signals of %s reach 4.5:1 on its surfaces", (selector, surface) => {
  const theme = themeOf(selector);
  for (const name of ["text", "muted", "ai", "attention", "human", "waiting", "danger"]) {
    const colour = theme[name];
    expect(colour, name).toBeDefined();
    expect(contrast(colour ?? "", surface), name).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour ?? "", theme.canvas ?? ""), name).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(theme["on-ai"] ?? "", theme.ai ?? "")).toBeGreaterThanOrEqual(4.5);
});
