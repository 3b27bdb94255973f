import { useEffect } from "react";
import { isPlainKey } from "../shared/keys";
import { selection } from "./selection";
import { rowId, type Block } from "./useListKeys";

/** `x` chooses the row that has the focus, else the open ticket's; Escape chooses none. */
export function useSelectionKeys(blocks: Block[], selectedId: string | null): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return;
      if (event.key === "Escape") return selection.end();
      if (event.key !== "x") return;
      const tickets = blocks.flatMap((block) => block.tickets);
      const focused = tickets.find(({ ticket_id }) => rowId(ticket_id) === document.activeElement?.id);
      const current = focused ?? tickets.find(({ ticket_id, ticket_number }) => [ticket_id, ticket_number].includes(selectedId ?? ""));
      if (!current) return;
      event.preventDefault();
      selection.toggle(current);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
