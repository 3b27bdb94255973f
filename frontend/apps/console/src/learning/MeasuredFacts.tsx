import { ArrowDown, ArrowUp, Equal } from "lucide-react";
import type { ReactNode } from "react";
import type { Measured } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";

/** How good a version is, in counts a person can picture, beside the version it had to beat. */
export function MeasuredFacts({ measured }: { measured: Measured }) {
  const { t, number, share } = useSpeech();
  const { accuracy, accuracy_before, held_out, utterances, utterances_before, examples, compared_with } = measured;
  const lines: ReactNode[] = [];
  if (accuracy !== undefined && accuracy_before !== undefined && held_out) {
    const right = Math.round(accuracy * held_out);
    const before = Math.round(accuracy_before * held_out);
    lines.push(
      <Compared key="held" now={right} before={before}>
        {t("learning.held", { right: number(right), before: number(before), total: number(held_out) })}
      </Compared>,
    );
  }
  if (utterances !== undefined && utterances_before !== undefined) {
    lines.push(
      <Compared key="utterances" now={utterances} before={utterances_before} chance={CHANCE}>
        {t("learning.utterances", { now: share(utterances, 1), before: share(utterances_before, 1) })}
      </Compared>,
    );
  }
  if (accuracy !== undefined && examples) {
    lines.push(<li key="examples">{t("learning.examples", { share: share(accuracy, 1), n: number(examples) })}</li>);
  }
  if (lines.length === 0) return null;
  return (
    <>
      <ul className="mt-2 flex flex-col gap-1 text-13">{lines}</ul>
      {compared_with === undefined ? null : (
        <p className="mt-1 text-12 text-muted">
          {compared_with === 0 ? t("learning.comparedShipped") : t("learning.compared", { n: compared_with })}
        </p>
      )}
    </>
  );
}

/** A hundredth of the utterances more or less may be chance. */
const CHANCE = 0.01;

const SIGNS = { better: ArrowUp, same: Equal, worse: ArrowDown };

interface ComparedProps {
  now: number;
  before: number;
  /** Up to this difference it is about the same. */
  chance?: number;
  children: ReactNode;
}

function Compared({ now, before, chance = 0, children }: ComparedProps) {
  const { t } = useSpeech();
  const gain = now - before;
  const word = Math.abs(gain) <= chance ? "same" : gain > 0 ? "better" : "worse";
  const Icon = SIGNS[word];
  return (
    <li className="flex items-start gap-2">
      <Icon size={16} role="img" aria-label={t(`learning.${word}`)} className="mt-0.5 shrink-0 text-muted" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
