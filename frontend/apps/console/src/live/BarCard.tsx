import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Counts } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Card, cx, Segmented, statusLook, TONE_TEXT } from "@frontdesk/ui";
import { barsOf, type Bar } from "./figures";

type Group = "category" | "status" | "channel" | "sentiment";

interface BarCardProps {
  title: string;
  group: Group;
  counts: Counts;
}

/** Bars from zero with their numbers beside them; the same as a table for those who prefer it. */
export function BarCard({ title, group, counts }: BarCardProps) {
  const { t } = useSpeech();
  const [view, setView] = useState("chart");
  const bars = barsOf(counts);
  return (
    <Card className="mb-4 break-inside-avoid px-5 py-4">
      <header className="mb-3 flex items-center justify-between gap-4">
        <h2 className="text-14 font-semibold">{title}</h2>
        <Segmented
          label={title}
          value={view}
          onChange={setView}
          options={[
            { value: "chart", label: t("live.chart") },
            { value: "table", label: t("live.table") },
          ]}
        />
      </header>
      {bars.length === 0 ? <p className="py-2 text-13 text-muted">{t("live.empty")}</p> : null}
      {bars.length > 0 && view === "chart" ? <Bars bars={bars} group={group} /> : null}
      {bars.length > 0 && view === "table" ? <Table bars={bars} group={group} title={title} /> : null}
    </Card>
  );
}

/** A status asks for its own tickets; anything else for all of them, open or not: as the number counted. */
function searchFor(group: Group, name: string) {
  return group === "status" ? { status: name } : { status: "all", [group]: name };
}

function Bars({ bars, group }: { bars: Bar[]; group: Group }) {
  const { number } = useSpeech();
  return (
    <ul className="-mx-2 flex flex-col">
      {bars.map((bar) => (
        <li key={bar.name}>
          <Link
            to="/"
            search={searchFor(group, bar.name)}
            className="grid grid-cols-[minmax(0,10rem)_1fr_2.5rem] items-center gap-3 rounded-sm px-2 py-1.5 max-md:min-h-11 text-13 transition-colors hover:bg-surface-2"
          >
            <BarName group={group} name={bar.name} />
            <span aria-hidden className="block h-2 min-w-1 rounded-full bg-faint" style={{ width: `${bar.length * 100}%` }} />
            <span className="text-right font-mono text-12">{number(bar.count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Only a status carries a signal, in its icon; the bars are quantities and stay quiet. */
function BarName({ group, name }: { group: Group; name: string }) {
  const { label } = useSpeech();
  if (group === "status") {
    const { icon: Icon, tone } = statusLook(name);
    return (
      <span className="flex min-w-0 items-center gap-2">
        <Icon size={14} aria-hidden className={cx("shrink-0", TONE_TEXT[tone])} />
        <span className="truncate">{label(group, name)}</span>
      </span>
    );
  }
  return <span className="truncate">{label(group, name)}</span>;
}

function Table({ bars, group, title }: { bars: Bar[]; group: Group; title: string }) {
  const { t, label, number, share } = useSpeech();
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="text-left text-12 text-muted">
          <th className="py-1 font-medium">{t("live.name")}</th>
          <th className="py-1 text-right font-medium">{t("live.tickets")}</th>
          <th className="py-1 text-right font-medium">%</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name} className="border-t border-hairline">
            <td className="py-1.5">
              <Link to="/" search={searchFor(group, bar.name)} className="hover:underline">
                {label(group, bar.name)}
              </Link>
            </td>
            <td className="py-1.5 text-right font-mono text-12">{number(bar.count)}</td>
            <td className="py-1.5 text-right font-mono text-12 text-muted">{share(bar.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
