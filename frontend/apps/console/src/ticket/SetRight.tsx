import { Check } from "lucide-react";
import { CATEGORIES, INTENTS, PRIORITIES, type Ticket } from "@frontdesk/api";
import { lowerFirst, useSpeech } from "@frontdesk/i18n";
import { Fact, Select } from "@frontdesk/ui";
import { changing, useAct } from "../data/acts";
import { useMay } from "../data/me";
import { failureText } from "../shared/failure";

type Field = "category" | "intent" | "priority";

const VALUES: Record<Field, readonly string[]> = { category: CATEGORIES, intent: INTENTS, priority: PRIORITIES };

/** What local intelligence learns from corrections. */
const LEARNED = new Set<Field>(["category", "intent"]);

interface SetRightProps {
  ticket: Ticket;
  field: Field;
  /** What the AI read last: going back to that corrects nothing. */
  read: string | null;
}

/** What the AI understood, to be set right by who knows better; local intelligence learns from it. */
export function SetRight(props: SetRightProps) {
  const { t, label } = useSpeech();
  const { ticket, field } = props;
  if (useMay("tickets:write")) return <Choice {...props} />;
  const value = ticket[field];
  return <Fact name={label("field", field)}>{value === null ? t("common.unknown") : label(field, value)}</Fact>;
}

function Choice({ ticket, field, read }: SetRightProps) {
  const { t, label } = useSpeech();
  const change = useAct(ticket);
  const value = ticket[field];
  // A desk may have values of its own.
  const values = value === null || VALUES[field].includes(value) ? VALUES[field] : [...VALUES[field], value];
  return (
    <div className="flex items-baseline justify-between gap-4 py-1">
      <dt className="shrink-0 text-13 text-muted">{label("field", field)}</dt>
      <dd className="flex min-w-0 flex-col items-end">
        <Select
          label={t("context.setRight", { field: lowerFirst(label("field", field)) })}
          value={value}
          placeholder={t("common.unknown")}
          options={values.map((option) => ({ value: option, label: label(field, option) }))}
          onChange={(chosen) => change.mutate(changing({ [field]: chosen }))}
        />
        <p role="status" className="w-44 max-w-full text-12 text-pretty text-muted">
          {change.isSuccess ? (
            <span className="block pt-2 pb-1">
              <Check size={14} aria-hidden className="mr-1 inline align-[-2px]" />
              {t(!LEARNED.has(field) || change.variables.expects[field] === read ? "context.saved" : "context.noted")}
            </span>
          ) : null}
          {change.isError ? (
            <span className="block pt-2 pb-1 text-danger">{t("context.notSaved", { why: failureText(change.error, t) })}</span>
          ) : null}
        </p>
      </dd>
    </div>
  );
}
