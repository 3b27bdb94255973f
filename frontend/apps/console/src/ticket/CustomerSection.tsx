import { useQuery } from "@tanstack/react-query";
import { Star } from "lucide-react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Avatar, Chip, Fact, Meter, Section } from "@frontdesk/ui";
import { deskQuery } from "../data/queries";
import { customerName } from "../shared/customerName";
import { IdentityNote } from "./Identity";

/** Above this a customer is likely to leave. */
const LIKELY_TO_LEAVE = 0.7;

export function CustomerSection({ ticket }: { ticket: Ticket }) {
  const { t, amount, language } = useSpeech();
  const { data: desk } = useQuery(deskQuery(language));
  const { customer } = ticket;
  const name = customerName(customer, t);
  const bare = !customer?.name && !customer?.email && !customer?.phone;
  return (
    <Section
      title={t("context.customer")}
      aside={customer?.vip ? <Chip icon={<Star size={14} aria-hidden />}>{t("context.vip")}</Chip> : null}
    >
      <div className="mb-3 flex items-center gap-3">
        <Avatar name={customer?.name ?? null} />
        <div className="min-w-0">
          <p className="line-clamp-2 text-14 font-medium [overflow-wrap:anywhere]">{name}</p>
          {bare ? <p className="text-12 text-muted">{t("context.guest")}</p> : null}
        </div>
      </div>
      {/* A value or risk of 0 means that nothing is known of it. */}
      <dl>
        {customer?.email ? <Fact name={t("context.email")}>{customer.email}</Fact> : null}
        {customer?.phone ? <Fact name={t("context.phone")}>{customer.phone}</Fact> : null}
        {customer?.ltv && desk ? (
          <Fact name={t("context.value")}>
            <span className="font-mono">{amount(String(customer.ltv), desk.value_currency)}</span>
          </Fact>
        ) : null}
        {!customer?.churn_risk ? null : <Churn value={customer.churn_risk} />}
      </dl>
      <IdentityNote proof={ticket.identity_proof} />
    </Section>
  );
}

function Churn({ value }: { value: number }) {
  const { t, number } = useSpeech();
  return (
    <Fact name={t("context.churn")}>
      <span className="flex items-center gap-2 font-mono">
        <Meter
          value={value}
          label={t("context.churn")}
          tone={value >= LIKELY_TO_LEAVE ? "attention" : "quiet"}
          className="w-16"
        />
        {number(value, 2)}
      </span>
    </Fact>
  );
}
