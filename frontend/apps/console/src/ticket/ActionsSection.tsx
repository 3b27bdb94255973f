import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Hourglass, LoaderCircle, TriangleAlert, type LucideIcon } from "lucide-react";
import { useRef, useState } from "react";
import type { Action, Ticket } from "@frontdesk/api";
import { lowerFirst, useSpeech } from "@frontdesk/i18n";
import { Button, Chip, Fact, Section, type Tone } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { actionsQuery } from "../data/queries";
import { DecideAction, type Verdict } from "./DecideAction";

const LOOK: Record<Action["state"], { icon: LucideIcon; tone: Tone }> = {
  proposed: { icon: Hourglass, tone: "attention" },
  waiting_approval: { icon: Hourglass, tone: "attention" },
  queued: { icon: LoaderCircle, tone: "quiet" },
  running: { icon: LoaderCircle, tone: "quiet" },
  done: { icon: CircleCheck, tone: "quiet" },
  failed: { icon: CircleX, tone: "danger" },
  unknown: { icon: TriangleAlert, tone: "danger" },
  rejected: { icon: CircleX, tone: "quiet" },
};

export const isUndecided = ({ state }: Action) => state === "proposed" || state === "waiting_approval";

/** What the AI proposes to do for the customer; nothing that waits for a yes is done without it. */
export function ActionsSection({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const { data } = useQuery(actionsQuery(ticket.ticket_id));
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const section = useRef<HTMLUListElement>(null);
  if (!data || data.length === 0) return null;
  return (
    <Section title={t("action.title")}>
      <ul ref={section} tabIndex={-1} className="flex flex-col gap-5 outline-none">
        {data.toReversed().map((action) => (
          <li key={action.action_id}>
            <Proposal action={action} ticket={ticket} onDecide={(kind) => setVerdict({ kind, action })} />
          </li>
        ))}
      </ul>
      <DecideAction verdict={verdict} onEnd={() => setVerdict(null)} fallback={section} />
    </Section>
  );
}

interface ProposalProps {
  action: Action;
  ticket: Ticket;
  onDecide: (kind: Verdict["kind"]) => void;
}

function Proposal({ action, ticket, onDecide }: ProposalProps) {
  const { t, label } = useSpeech();
  const may = useMay("tickets:write");
  const { icon: Icon, tone } = LOOK[action.state];
  return (
    <div className="flex flex-col items-start gap-2">
      {/* Summary, input and error are the tool's own words, whatever language they are in. */}
      <p lang="" className="text-13 font-medium text-pretty [overflow-wrap:anywhere]">
        {action.summary}
      </p>
      <Chip tone={tone} icon={<Icon size={14} aria-hidden className="shrink-0" />}>
        {label("action_state", action.state)}
      </Chip>
      {action.state === "waiting_approval" ? <Why ticket={ticket} /> : null}
      <Input input={action.input} />
      {action.error ? <Failure error={action.error} /> : null}
      {may && isUndecided(action) ? (
        <div className="mt-1 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => onDecide("approve")}>
            {t("action.approve")}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => onDecide("reject")}>
            {t("action.reject")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Why the AI may not do it by itself. */
function Why({ ticket }: { ticket: Ticket }) {
  const { t, label } = useSpeech();
  const reason = ticket.escalation_reason;
  return (
    <p className="text-12 text-pretty text-muted">
      {reason ? t("action.whyReason", { reason: lowerFirst(label("reason", reason)) }) : t("action.why")}
    </p>
  );
}

/** Exactly what the tool will be given, in the tool's own words: the yes is to this and nothing else. */
function Input({ input }: { input: Action["input"] }) {
  const given = Object.entries(input).filter(([, value]) => value !== "" && value !== null);
  if (given.length === 0) return null;
  return (
    <dl lang="" className="w-full">
      {given.map(([name, value]) => (
        <Fact key={name} name={name.replaceAll("_", " ")}>
          <span className="font-mono text-12 [overflow-wrap:anywhere]">
            {typeof value === "string" ? value : JSON.stringify(value)}
          </span>
        </Fact>
      ))}
    </dl>
  );
}

/** The tool's own words are for whoever mends it: they stay as they came. */
function Failure({ error }: { error: string }) {
  const { t } = useSpeech();
  return (
    <p className="text-12 text-danger">
      {t("action.failure")} <code lang="" className="font-mono [overflow-wrap:anywhere] text-muted">{error}</code>
    </p>
  );
}
