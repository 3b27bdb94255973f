import { ChevronRight } from "lucide-react";
import type { Entity, Reading, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Chip, Fact, Section, Sparkline } from "@frontdesk/ui";
import { SentimentMark } from "../shared/SentimentMark";
import { latestExplanation, nearestExamples, sentimentTrend, uniqueEntities, type NearExample } from "./readings";
import { SetRight } from "./SetRight";
import { Tags } from "./Tags";

interface UnderstoodProps {
  ticket: Ticket;
  readings: Reading[];
}

/** The analysis in words: what, how urgent, in what mood, from which words. */
export function UnderstoodSection({ ticket, readings }: UnderstoodProps) {
  const { t } = useSpeech();
  if (!ticket.category && readings.length === 0) {
    return (
      <Section title={t("context.understood")}>
        <p className="text-13 text-muted">{t("context.nothing")}</p>
      </Section>
    );
  }
  return (
    <>
      <Section title={t("context.understood")}>
        {ticket.summary ? <p className="mb-3 text-13 text-pretty [overflow-wrap:anywhere]">{ticket.summary}</p> : null}
        <Findings ticket={ticket} read={readings.at(-1)} />
        <Tags ticket={ticket} />
      </Section>
      <Trend readings={readings} />
      <Details readings={readings} />
      <Why readings={readings} language={ticket.language} />
    </>
  );
}

function Findings({ ticket, read }: { ticket: Ticket; read: Reading | undefined }) {
  const { t, label, number } = useSpeech();
  return (
    <dl>
      <SetRight ticket={ticket} field="category" read={read?.category ?? null} />
      <SetRight ticket={ticket} field="intent" read={read?.intent ?? null} />
      <SetRight ticket={ticket} field="priority" read={read?.priority ?? null} />
      {ticket.difficulty ? <Fact name={t("field.difficulty")}>{label("difficulty", ticket.difficulty)}</Fact> : null}
      {ticket.language ? <Fact name={t("context.language")}>{label("language", ticket.language)}</Fact> : null}
      {ticket.sentiment ? (
        <Fact name={t("field.sentiment")}>
          <SentimentMark sentiment={ticket.sentiment} />
        </Fact>
      ) : null}
      {ticket.risk === null ? null : (
        <Fact name={t("field.risk")}>
          <span className="font-mono">{number(ticket.risk, 2)}</span>
        </Fact>
      )}
      {ticket.confidence === null ? null : (
        <Fact name={t("field.confidence")}>
          <span className="font-mono">{number(ticket.confidence, 2)}</span>
        </Fact>
      )}
    </dl>
  );
}

function Trend({ readings }: { readings: Reading[] }) {
  const { t, number } = useSpeech();
  const trend = sentimentTrend(readings);
  const last = trend.at(-1);
  if (last === undefined) return null;
  return (
    <Section
      title={t("context.sentimentTrend")}
      aside={<span className="font-mono text-12 text-muted">{number(last, 2)}</span>}
    >
      {trend.length > 1 ? (
        <Sparkline values={trend} label={`${t("context.sentimentTrend")}: ${trend.map((v) => number(v, 2)).join(", ")}`} />
      ) : (
        <p className="text-13 text-muted">{t("context.trendOne")}</p>
      )}
    </Section>
  );
}

function Details({ readings }: { readings: Reading[] }) {
  const { t, label } = useSpeech();
  const entities = uniqueEntities(readings);
  if (entities.length === 0) return null;
  return (
    <Section title={t("context.details")}>
      <dl>
        {entities.map((entity) => (
          <Fact key={`${entity.type}:${entity.value}`} name={label("entity", entity.type)}>
            <EntityValue entity={entity} />
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

/** As people of the reader's language write it: sums with their currency, days by name. */
function EntityValue({ entity }: { entity: Entity }) {
  const { amount, date } = useSpeech();
  if (entity.type === "date") return date(entity.value);
  const text = entity.type === "amount" ? amount(entity.value, entity.currency) : entity.value;
  return <span className="font-mono text-12">{text}</span>;
}

/** The words are the customer's: told, and read aloud, in the customer's language. */
function Why({ readings, language }: { readings: Reading[]; language: string | null }) {
  const { t, label } = useSpeech();
  const explanation = latestExplanation(readings);
  const nearest = nearestExamples(readings);
  if (explanation.length === 0 && nearest.length === 0) return null;
  return (
    <Section title={t("context.why")}>
      <dl className="flex flex-col gap-3">
        {explanation.map(([field, words]) => (
          <div key={field}>
            <dt className="mb-1 text-12 text-muted">{label("field", field)}</dt>
            <dd className="flex flex-wrap gap-1" lang={language ?? undefined}>
              {words.map((word) => (
                <Chip key={word} title={word}>
                  {word}
                </Chip>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {nearest.length > 0 ? <Nearest examples={nearest} /> : null}
    </Section>
  );
}

function Nearest({ examples }: { examples: NearExample[] }) {
  const { t, label } = useSpeech();
  return (
    <details className="group mt-3 first:mt-0">
      <summary className="-mx-1 flex min-h-8 cursor-pointer list-none items-center gap-1 rounded-sm px-1 text-12 text-muted hover:text-ink max-md:min-h-11">
        <ChevronRight size={16} aria-hidden className="shrink-0 transition-transform group-open:rotate-90" />
        {t("context.nearest")}
      </summary>
      <ul className="mt-1 flex flex-col gap-2 pl-5">
        {examples.map((example) => (
          <li key={example.text} className="text-13">
            <span className="[overflow-wrap:anywhere]">{example.text}</span>
            {example.value ? <span className="block text-12 text-muted">{label("category", example.value)}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
