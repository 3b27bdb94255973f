import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { customerName } from "../shared/customerName";
import { selection, useIsSelected, useSelecting } from "./selection";

/** Before a row, while rows can be chosen; its whole height can be hit. */
export function SelectBox({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const selecting = useSelecting();
  const chosen = useIsSelected(ticket.ticket_id);
  if (!selecting) return null;
  return (
    <label className="flex w-7 shrink-0 max-md:w-11 cursor-pointer items-center justify-end">
      <input
        type="checkbox"
        checked={chosen}
        aria-label={t("bulk.select", { name: `${customerName(ticket.customer, t)}, ${ticket.ticket_number}` })}
        onChange={() => selection.toggle(ticket)}
        className="size-4 cursor-pointer accent-(--fd-ai)"
      />
    </label>
  );
}
