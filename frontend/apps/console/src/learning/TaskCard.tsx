import { GraduationCap } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { ApiError, type ClassifierTask, type ClassifierVersion } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Card, Skeleton } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { failureText } from "../shared/failure";
import { useLearnNow } from "./learnNow";
import { SwitchVersion, type Switch } from "./SwitchVersion";
import { ShippedRow, VersionRow } from "./VersionRow";

/** One thing that is learned: what is in use, what there is to learn from, and every version. */
export function TaskCard({ task }: { task: ClassifierTask }) {
  const heading = useId();
  const notice = useRef<HTMLParagraphElement>(null);
  const [asking, setAsking] = useState<Switch | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const learning = useLearnNow(task);
  const ask = (wanted: Switch) => {
    setOutcome(null);
    setAsking(wanted);
  };
  const learn = () => {
    setOutcome(null);
    learning.mutate(undefined, { onSettled: () => notice.current?.focus() });
  };
  return (
    <Card role="region" aria-labelledby={heading}>
      <Heading task={task} id={heading} onBack={(to) => ask({ kind: "back", to })}>
        <LearnButton task={task} busy={learning.isPending} onLearn={learn} describedBy={`${heading}-reason`} />
      </Heading>
      <div className="px-5 pb-5">
        <Reason task={task} id={`${heading}-reason`} busy={learning.isPending} />
        <p ref={notice} role="status" tabIndex={-1} className="rounded-sm text-13 text-pretty">
          {outcome ? <span className="block pt-2">{outcome}</span> : <Outcome learning={learning} />}
        </p>
      </div>
      <Versions task={task} busy={learning.isPending} onPromote={(number) => ask({ kind: "promote", number })} />
      <SwitchVersion
        task={task}
        asking={asking}
        onDone={(report) => {
          if (!learning.isPending) learning.reset();
          setOutcome(report);
          setAsking(null);
        }}
        onCancel={() => setAsking(null)}
        fallback={notice}
      />
    </Card>
  );
}

interface HeadingProps {
  task: ClassifierTask;
  id: string;
  onBack: (number: number) => void;
  children: ReactNode;
}

function Heading({ task, id, onBack, children }: HeadingProps) {
  const { t, label } = useSpeech();
  const may = useMay("admin");
  const { back_to } = task;
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4 px-5 pt-5">
      <div className="min-w-0">
        <h2 id={id} className="text-16 font-semibold [overflow-wrap:anywhere]">
          {label("field", task.task)}
        </h2>
        <InUse task={task} />
      </div>
      {may ? (
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          {back_to === null ? null : (
            <Button className="max-sm:h-11 max-sm:flex-1" onClick={() => onBack(back_to)}>
              {t("learning.rollBack")}
            </Button>
          )}
          {children}
        </div>
      ) : null}
    </header>
  );
}

function InUse({ task }: { task: ClassifierTask }) {
  const { t, number } = useSpeech();
  const used = task.in_use;
  const name = used === null ? t("learning.nothing") : used === 0 ? t("learning.shipped") : t("learning.version", { n: used });
  return (
    <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-13">
      <div className="flex gap-2">
        <dt className="text-muted">{t("learning.inUse")}</dt>
        <dd>{name}</dd>
      </div>
      {task.needed === null ? null : (
        <div className="flex gap-2">
          <dt className="text-muted">{t("learning.corrections")}</dt>
          <dd>
            {number(task.corrections)}
            {task.new_corrections > 0 ? <span className="text-muted">, {t("learning.fresh", { n: number(task.new_corrections) })}</span> : null}
          </dd>
        </div>
      )}
    </dl>
  );
}

function isEnough(task: ClassifierTask): boolean {
  return task.needed !== null && task.corrections >= task.needed;
}

interface LearnButtonProps {
  task: ClassifierTask;
  busy: boolean;
  onLearn: () => void;
  describedBy: string;
}

function LearnButton({ task, busy, onLearn, describedBy }: LearnButtonProps) {
  const { t } = useSpeech();
  if (task.needed === null) return null;
  return (
    <Button
      className="max-sm:h-11 max-sm:flex-1"
      disabled={busy || !isEnough(task)}
      aria-busy={busy}
      aria-describedby={describedBy}
      onClick={onLearn}
    >
      <GraduationCap size={16} aria-hidden className={busy ? "fd-breathe" : undefined} />
      {busy ? t("learning.busy") : t("learning.learn")}
    </Button>
  );
}

/** Why there is no learning now, or how long it takes. */
function Reason({ task, id, busy }: { task: ClassifierTask; id: string; busy: boolean }) {
  const { t, number } = useSpeech();
  if (task.needed === null) {
    return (
      <p id={id} className="pt-2 text-13 text-pretty text-muted">
        {t("learning.own")} <code className="font-mono text-12 text-ink">frontdesk model train --task {task.task}</code>
      </p>
    );
  }
  if (busy) {
    return (
      <p id={id} className="pt-2 text-13 text-pretty text-muted">
        {t("learning.busyHint")}
      </p>
    );
  }
  if (isEnough(task)) return null;
  return (
    <p id={id} className="pt-2 text-13 text-pretty text-muted">
      {t("learning.needed", { needed: number(task.needed), n: number(task.corrections) })}
    </p>
  );
}

function Outcome({ learning }: { learning: ReturnType<typeof useLearnNow> }) {
  const { t } = useSpeech();
  if (learning.isError) {
    const { error } = learning;
    const tooFew = error instanceof ApiError && error.code === "conflict";
    return (
      <span className="block pt-2 text-danger">
        {tooFew ? t("learning.tooFew") : t("learning.failed", { why: failureText(error, t) })}
      </span>
    );
  }
  return learning.isSuccess ? <span className="block pt-2">{madeText(learning.data, t)}</span> : null;
}

function madeText(made: ClassifierVersion | null, t: ReturnType<typeof useSpeech>["t"]): string {
  if (!made) return t("learning.notYet");
  return t(made.state === "promoted" ? "learning.learned" : "learning.learnedWorse", { n: made.number });
}

interface VersionsProps {
  task: ClassifierTask;
  busy: boolean;
  onPromote: (number: number) => void;
}

function Versions({ task, busy, onPromote }: VersionsProps) {
  const { t } = useSpeech();
  return (
    <ol aria-label={t("learning.versions")} className="border-t border-hairline">
      {busy ? (
        <li className="border-b border-hairline px-5 py-4">
          <Skeleton className="h-4 w-52" />
          <Skeleton className="mt-2 h-4 w-80 max-w-full" />
        </li>
      ) : null}
      {task.versions.map((version) => (
        <VersionRow key={version.number} version={version} onPromote={() => onPromote(version.number)} />
      ))}
      {task.needed === null ? null : <ShippedRow used={task.in_use === 0} />}
    </ol>
  );
}
