/** What the host says on the script tag. */
import type { Look, Scheme } from "../src/shell/messages";

export interface Settings {
  /** Where the desk is: the origin that this script came from. */
  readonly origin: string;
  readonly side: "left" | "right";
  readonly title: boolean;
  look: Look;
}

export function toScheme(value: unknown): Scheme {
  return value === "light" || value === "dark" ? value : "auto";
}

export function readSettings(script: HTMLScriptElement): Settings {
  const { locale, color, scheme, side, title } = script.dataset;
  return {
    origin: new URL(script.src, window.location.href).origin,
    side: side === "left" ? "left" : "right",
    title: title !== "off",
    look: {
      locale: locale ?? (document.documentElement.lang || null),
      color: color ?? null,
      scheme: toScheme(scheme),
      suggestions: null,
    },
  };
}
