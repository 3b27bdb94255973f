import { useQuery } from "@tanstack/react-query";
import { FolderCheck, Hand, Hourglass, MailCheck, MailX, type LucideIcon } from "lucide-react";
import { useState } from "react";
import type { Escalation, EscalationMail, MailState } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Chip, Fact, Section, type Tone } from "@frontdesk/ui";
import { escalationsQuery } from "../data/queries";
import { MailSheet } from "./MailSheet";

const MAIL_LOOK: Record<MailState, { icon: LucideIcon; tone: Tone }> = {
  queued: { icon: Hourglass, tone: "waiting" },
  sent: { icon: MailCheck, tone: "quiet" },
  saved: { icon: FolderCheck, tone: "quiet" },
  parked: { icon: MailX, tone: "danger" },
};

/** Why a person was called, and the e-mail that called them. */
export function EscalationSection({ ticketId }: { ticketId: string }) {
  const { t } = useSpeech();
  const { data } = useQuery(escalationsQuery(ticketId));
  const [open, setOpen] = useState<EscalationMail | null>(null);
  if (!data || data.length === 0) return null;
  return (
    <Section title={t("context.escalation")}>
      <ul className="flex flex-col gap-4">
        {data.toReversed().map((escalation) => (
          <li key={escalation.escalation_id}>
            <HandOver escalation={escalation} onOpenMail={setOpen} />
          </li>
        ))}
      </ul>
      <MailSheet mail={open} onClose={() => setOpen(null)} />
    </Section>
  );
}

interface HandOverProps {
  escalation: Escalation;
  onOpenMail: (mail: EscalationMail) => void;
}

function HandOver({ escalation, onOpenMail }: HandOverProps) {
  const { t, label, moment } = useSpeech();
  const { mail } = escalation;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-start gap-2 text-13">
        <Hand size={16} aria-hidden className="mt-0.5 shrink-0 text-attention" />
        <span className="min-w-0">
          <span className="block font-medium">{label("reason", escalation.reason)}</span>
          <span className="block text-12 text-muted">{moment(escalation.created_at)}</span>
        </span>
      </p>
      {mail ? (
        <>
          <dl>
            <Fact name={t("context.email")}>
              <MailChip state={mail.state} />
            </Fact>
            {mail.to ? <Fact name={t("context.recipient")}>{mail.to}</Fact> : null}
          </dl>
          {mail.error ? <MailFailure error={mail.error} /> : null}
          {mail.html_url || mail.text ? (
            <Button size="sm" className="self-start" data-testid="open-mail" onClick={() => onOpenMail(mail)}>
              {t("context.openMail")}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}

/** The mail server's own words are for whoever mends it: they stay as they came. */
function MailFailure({ error }: { error: string }) {
  const { t } = useSpeech();
  return (
    <p className="text-12 text-danger">
      {t("context.mailFailed")} <code className="font-mono [overflow-wrap:anywhere] text-muted">{error}</code>
    </p>
  );
}

function MailChip({ state }: { state: MailState }) {
  const { label } = useSpeech();
  const { icon: Icon, tone } = MAIL_LOOK[state];
  return (
    <Chip tone={tone} icon={<Icon size={14} aria-hidden className="shrink-0" />}>
      {label("mail", state)}
    </Chip>
  );
}
