import { useEffect, type RefObject } from "react";
import { isPlainKey } from "../shared/keys";
import type { Kind } from "./begun";

const KINDS: Record<string, Kind> = { r: "text", n: "note" };

/** From anywhere on the page: `r` begins a reply, `n` a note. Escape leaves the field for the conversation. */
export function useComposerKeys(field: RefObject<HTMLTextAreaElement | null>, choose: (kind: Kind) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && event.target === field.current) return field.current?.blur();
      const kind = isPlainKey(event) ? KINDS[event.key] : undefined;
      if (!kind) return;
      event.preventDefault();
      choose(kind);
      field.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
