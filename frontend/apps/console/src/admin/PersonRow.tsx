import { ChevronRight, ShieldCheck } from "lucide-react";
import type { Person } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Avatar, Chip, cx, type Tone } from "@frontdesk/ui";
import { useMe } from "../data/me";
import { factorsText, limitsText } from "./personTexts";

const TONES: Record<Person["status"], Tone> = { active: "quiet", invited: "waiting", disabled: "danger" };

export function PersonRow({ person, onChoose }: { person: Person; onChoose: () => void }) {
  const { t, label } = useSpeech();
  const isSelf = useMe()?.id === person.person_id;
  const factors = factorsText(person, t);
  return (
    <li className="border-t border-hairline first:border-t-0">
      <button
        type="button"
        onClick={onChoose}
        className="flex w-full items-center gap-3 px-4 py-3 text-left transition-colors hover:bg-surface-2"
      >
        <Avatar name={person.name} className={cx(person.status === "disabled" && "opacity-60")} />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 font-medium">
            <span className="min-w-0 [overflow-wrap:anywhere]">{person.name}</span>
            {isSelf ? <span className="text-12 font-normal text-muted">{t("team.you")}</span> : null}
            {person.status === "active" ? null : (
              <Chip tone={TONES[person.status]}>{label("person_status", person.status)}</Chip>
            )}
          </span>
          <span className="block text-12 [overflow-wrap:anywhere] text-muted">{person.email}</span>
          <span className="block text-12 text-pretty text-muted md:hidden">
            {label("role", person.role)} · {limitsText(person, t, label)}
          </span>
        </span>
        {factors ? <ShieldCheck size={16} aria-label={factors} role="img" className="shrink-0 text-ai" /> : null}
        <span className="w-52 shrink-0 text-right max-md:hidden">
          <span className="block text-13">{label("role", person.role)}</span>
          <span className="block truncate text-12 text-muted">{limitsText(person, t, label)}</span>
        </span>
        <ChevronRight size={16} aria-hidden className="shrink-0 text-faint" />
      </button>
    </li>
  );
}
