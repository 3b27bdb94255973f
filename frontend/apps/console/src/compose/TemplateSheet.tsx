import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useState } from "react";
import type { MessageTemplate, NewMessage, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Sheet, TextField } from "@frontdesk/ui";
import { api } from "../data/client";
import { keys, templatesQuery } from "../data/queries";
import { QueryError } from "../shared/QueryError";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";

interface Props {
  ticket: Ticket;
  /** The channel account that the customer wrote to. */
  account: string;
}

/** The way to a customer whose reply window is closed: a text that the provider has approved. */
export function TemplateButton({ ticket, account }: Props) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <FileText size={14} aria-hidden />
        {t("compose.template")}
      </Button>
      <Sheet open={open} onOpenChange={setOpen} title={t("compose.template")} closeLabel={t("common.close")} className="sm:w-[480px]">
        <div className="p-5">
          <Templates ticket={ticket} account={account} onSent={() => setOpen(false)} />
        </div>
      </Sheet>
    </>
  );
}

function Templates({ ticket, account, onSent }: Props & { onSent: () => void }) {
  const { t } = useSpeech();
  const { data, error, refetch } = useQuery(templatesQuery(ticket.channel, account));
  const [chosen, setChosen] = useState<MessageTemplate | null>(null);
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />;
  if (chosen) return <Filling ticket={ticket} template={chosen} onBack={() => setChosen(null)} onSent={onSent} />;
  if (data?.length === 0) return <p className="text-13 text-muted">{t("compose.noTemplates")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {data?.map((template) => (
        <li key={`${template.name} ${template.language}`}>
          <button
            type="button"
            onClick={() => setChosen(template)}
            className="flex w-full flex-col gap-1 rounded-sm border border-hairline px-3 py-2 text-left hover:border-hairline-strong"
          >
            <span className="text-13 font-medium">
              {template.title} · {template.language}
            </span>
            <span lang={template.language} className="text-13 text-pretty text-muted">
              {template.text}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const GAP = /\{\{\s*(\d+)\s*\}\}/g;

export function filled(text: string, values: readonly string[]): string {
  return text.replace(GAP, (gap, number: string) => values[Number(number) - 1] || gap);
}

interface FillingProps {
  ticket: Ticket;
  template: MessageTemplate;
  onBack: () => void;
  onSent: () => void;
}

function Filling({ ticket, template, onBack, onSent }: FillingProps) {
  const { t } = useSpeech();
  const [values, setValues] = useState<string[]>(() => Array.from({ length: template.gaps }, () => ""));
  const parameters = values.map((value) => value.trim());
  const content = filled(template.text, parameters);
  const attempt = useTemplateSending(ticket, onSent);
  const ready = parameters.every(Boolean) && !attempt.busy;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) attempt.run({ content, template: { name: template.name, language: template.language, parameters } });
      }}
    >
      <p lang={template.language} className="rounded-sm bg-surface-2 px-3 py-2 text-13 text-pretty whitespace-pre-wrap">
        {content}
      </p>
      <Gaps values={values} onChange={setValues} />
      <Refusal error={attempt.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={!ready} aria-busy={attempt.busy}>
          {t("compose.send")}
        </Button>
        <Button onClick={onBack}>{t("compose.otherTemplate")}</Button>
      </div>
    </form>
  );
}

/** All attempts are one: a second press says nothing twice. */
function useTemplateSending(ticket: Ticket, onSent: () => void) {
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  return useAttempt(
    (said: Pick<NewMessage, "content" | "template">) => api.write(ticket.ticket_id, { kind: "text", ...said }, key),
    () => {
      void client.invalidateQueries({ queryKey: keys.messages(ticket.ticket_id) });
      onSent();
    },
  );
}

function Gaps({ values, onChange }: { values: string[]; onChange: (values: string[]) => void }) {
  const { t } = useSpeech();
  return values.map((value, at) => (
    <TextField
      // A gap is its place.
      key={at}
      label={t("compose.gap", { n: at + 1 })}
      required
      maxLength={1000}
      value={value}
      onChange={({ target }) => onChange(values.map((other, place) => (place === at ? target.value : other)))}
    />
  ));
}
