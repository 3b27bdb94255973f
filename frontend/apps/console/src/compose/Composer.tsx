import type { ReactNode } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { useMe } from "../data/me";
import { ReplyForm } from "./ReplyForm";

/** Where the next answer is written; where none can be, why not. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const me = useMe();
  // Who it is may not be known yet, or not be told: the desk itself refuses whoever may not.
  if (me && !me.permissions.includes("tickets:write")) return <Closed>{t("compose.readOnly")}</Closed>;
  if (ticket.status === "closed") return <Closed>{t("compose.closed")}</Closed>;
  return <ReplyForm ticket={ticket} />;
}

function Closed({ children }: { children: ReactNode }) {
  return <p className="shrink-0 border-t border-hairline bg-surface-1 px-6 py-4 text-center text-13 text-pretty text-muted">{children}</p>;
}
