import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { ClassifierVersion } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Chip } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { MeasuredFacts } from "./MeasuredFacts";

interface VersionRowProps {
  version: ClassifierVersion;
  onPromote: () => void;
}

export function VersionRow({ version, onPromote }: VersionRowProps) {
  const { t, number, moment } = useSpeech();
  const may = useMay("admin");
  const used = version.state === "promoted";
  const learned = version.made_from === "corrections";
  const facts = [
    t(learned ? "learning.learnedFrom" : "learning.trainedOn", { n: number(version.examples) }),
    moment(version.created_at),
  ];
  return (
    <Row
      name={t("learning.version", { n: version.number })}
      state={<StateChip state={version.state} />}
      action={
        used || !may ? null : (
          <Button
            size="sm"
            className="max-sm:h-10 max-sm:px-4"
            aria-label={t("learning.promoteVersion", { n: version.number })}
            onClick={onPromote}
          >
            {t("learning.promote")}
          </Button>
        )
      }
    >
      <p className="text-12 text-muted">{facts.join(" · ")}</p>
      <MeasuredFacts measured={version.measured} />
      {learned && version.state === "candidate" ? <p className="mt-1 text-12 text-muted">{t("learning.worseNote")}</p> : null}
    </Row>
  );
}

export function ShippedRow({ used }: { used: boolean }) {
  const { t } = useSpeech();
  return <Row name={t("learning.shipped")} state={used ? <StateChip state="promoted" /> : null} />;
}

/** Only what is in use carries a signal; the rest of the states are words. */
function StateChip({ state }: { state: string }) {
  const { label } = useSpeech();
  const used = state === "promoted";
  return (
    <Chip tone={used ? "ai" : "quiet"} icon={used ? <CircleCheck size={14} aria-hidden /> : undefined}>
      {label("version", state)}
    </Chip>
  );
}

interface RowProps {
  name: string;
  state: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

function Row({ name, state, action, children }: RowProps) {
  return (
    <li className="flex items-start gap-x-4 gap-y-3 border-b border-hairline px-5 py-4 last:border-b-0 max-sm:flex-col">
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="text-14 font-medium">{name}</h3>
          {state}
        </div>
        {children ? <div className="mt-1">{children}</div> : null}
      </div>
      {action}
    </li>
  );
}
