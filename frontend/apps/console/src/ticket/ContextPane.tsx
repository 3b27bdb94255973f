import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CornerUpLeft } from "lucide-react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { messagesQuery } from "../data/queries";
import { keepFilter } from "../inbox/useListKeys";
import { ActionsSection } from "./ActionsSection";
import { CustomerSection } from "./CustomerSection";
import { EscalationSection } from "./EscalationSection";
import { readingsOf } from "./readings";
import { UnderstoodSection } from "./UnderstoodSection";

/** Everything beside the conversation: who, what the AI understood, and how it was handed over. */
export function ContextPane({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const { data: messages } = useQuery(messagesQuery(ticket.ticket_id));
  const readings = readingsOf(messages ?? []);
  return (
    <>
      <ActionsSection ticket={ticket} />
      <CustomerSection ticket={ticket} />
      <EscalationSection ticketId={ticket.ticket_id} />
      <UnderstoodSection ticket={ticket} readings={readings} />
      {ticket.previous_ticket_id ? (
        <div className="px-5 py-4">
          <Link
            to="/tickets/$ticketId"
            params={{ ticketId: ticket.previous_ticket_id }}
            search={keepFilter}
            className="inline-flex items-center gap-2 text-13 text-muted hover:text-ink"
          >
            <CornerUpLeft size={16} aria-hidden />
            {t("ticket.earlier")}
          </Link>
        </div>
      ) : null}
    </>
  );
}
