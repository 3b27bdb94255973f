/** Colours that a host may set: hex only, so that nothing else can enter a style. */

type Rgb = readonly [number, number, number];

export function parseHex(color: string | null): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color?.trim() ?? "");
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color?.trim() ?? "");
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  return parts ? (parts.map((part) => Number.parseInt(part, 16)) as unknown as Rgb) : null;
}

/** Relative luminance (WCAG). */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The ink that reads best on this colour. */
export function inkOn(color: string): string {
  const rgb = parseHex(color);
  if (!rgb) return "#ffffff";
  const light = luminance(rgb);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 ? "#ffffff" : "#0b0d0e";
}
