import { useQuery } from "@tanstack/react-query";
import { Hand, RotateCcw, TriangleAlert, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx } from "@frontdesk/ui";
import { useLiveStatus } from "../data/live";
import { channelsQuery } from "../data/queries";

/** How many characters the ticket's channel takes; null: as many as there are. */
export function useLimit(ticket: Ticket, note: boolean): number | null {
  const { data: accounts } = useQuery(channelsQuery);
  if (note) return null;
  return accounts?.find(({ channel }) => channel === ticket.channel)?.capabilities.style.max_characters ?? null;
}

interface FieldNoteProps {
  ticket: Ticket;
  note: boolean;
  length: number;
  limit: number | null;
}

/** The one thing to know before sending: what hinders it, else what it will do. */
export function FieldNote({ ticket, note, length, limit }: FieldNoteProps) {
  const { t, number } = useSpeech();
  const offline = useLiveStatus() === "offline";
  const counted = limit === null ? null : { n: number(length), most: number(limit) };
  if (counted && limit !== null && length > limit) {
    return (
      <Line icon={<TriangleAlert size={14} aria-hidden />} danger>
        {t("compose.tooLong", counted)}
      </Line>
    );
  }
  if (offline) return <Line icon={<WifiOff size={14} aria-hidden />}>{t("compose.offline")}</Line>;
  if (note) return <Line />;
  if (ticket.status === "resolved") return <Line icon={<RotateCcw size={14} aria-hidden />}>{t("compose.reopens")}</Line>;
  if (ticket.owner !== "person") return <Line icon={<Hand size={14} aria-hidden />}>{t("compose.takesOver")}</Line>;
  return <Line>{counted ? t("compose.characters", counted) : null}</Line>;
}

interface LineProps {
  icon?: ReactNode;
  danger?: boolean;
  children?: ReactNode;
}

function Line({ icon, danger = false, children }: LineProps) {
  return (
    <p role="status" className={cx("flex min-w-0 flex-1 items-center gap-1.5 text-12 text-pretty", danger ? "text-danger" : "text-muted")}>
      {icon ? <span className="shrink-0">{icon}</span> : null}
      <span className="min-w-0">{children}</span>
    </p>
  );
}
