import { useEffect } from "react";
import { isPlainKey } from "../shared/keys";

/** Keys of the page that do something while their owner is shown. */
export function useActKeys(deeds: Record<string, () => void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const deed = isPlainKey(event) ? deeds[event.key] : undefined;
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
