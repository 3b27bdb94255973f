import { useQuery } from "@tanstack/react-query";
import type { ScoreBreakdown } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Skeleton } from "@frontdesk/ui";
import { scoreQuery } from "../data/queries";

export type ScorePart = keyof ScoreBreakdown["components"];

/** What the score is made of, weightiest first; parts that add nothing are left out. */
export function scoreParts(breakdown: ScoreBreakdown): [ScorePart, number][] {
  return (Object.entries(breakdown.components) as [ScorePart, number][])
    .filter(([, value]) => Math.abs(value) >= 0.05)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
}

/** Asked for only when somebody looks. */
export function ScoreWhy({ ticketId }: { ticketId: string }) {
  const { t, signed } = useSpeech();
  const { data, isError } = useQuery(scoreQuery(ticketId));
  return (
    <div className="w-52 p-1">
      <p className="mb-2 text-12 text-muted">{t("inbox.why")}</p>
      {isError ? <p className="text-12">{t("common.unknown")}</p> : null}
      {!data && !isError ? <Skeleton className="h-16 w-full" /> : null}
      <dl className="flex flex-col gap-1">
        {data
          ? scoreParts(data).map(([part, value]) => (
              <div key={part} className="flex justify-between gap-4 text-12">
                <dt>{t(`score.${part}`)}</dt>
                <dd className="font-mono">{signed(value)}</dd>
              </div>
            ))
          : null}
      </dl>
    </div>
  );
}
