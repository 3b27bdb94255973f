import { useState } from "react";
import { AlarmClock, AlarmClockOff, Archive, CircleCheck, Ellipsis, RotateCcw, Sparkles, UserCheck, UserMinus, UserPlus, type LucideIcon } from "lucide-react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech, type Translation } from "@frontdesk/i18n";
import { Button, IconButton, Menu, type MenuItem } from "@frontdesk/ui";
import { ACTS, changing, useToldAct, type Act } from "../data/acts";
import { useMe } from "../data/me";
import { onDemand } from "../shared/onDemand";
import { useActKeys } from "./useActKeys";

interface Deed {
  key: string;
  word: keyof Translation["work"];
  icon: LucideIcon;
  /** Done at once, or asked about first. */
  act: Act | "snooze";
}

const SnoozeSheet = onDemand(async () => (await import("../snooze/SnoozeSheet")).SnoozeSheet);

/** What can be done with the ticket as it stands, the likeliest first; each has its key. */
export function deedsOf(ticket: Ticket, me: string | undefined): Deed[] {
  const { status, owner, assignee, snoozed_until } = ticket;
  if (status === "closed") return [];
  const over = status === "resolved";
  const deeds: (Deed | false)[] = [
    over && { key: "o", word: "reopen", icon: RotateCcw, act: ACTS.reopen },
    !over && owner !== "person" && { key: "t", word: "takeOver", icon: UserCheck, act: ACTS.take_over },
    !over && { key: "e", word: "resolve", icon: CircleCheck, act: ACTS.resolve },
    !over && owner === "person" && { key: "h", word: "handBack", icon: Sparkles, act: ACTS.hand_back },
    snoozed_until !== null && { key: "z", word: "wake", icon: AlarmClockOff, act: ACTS.wake },
    !over && snoozed_until === null && { key: "z", word: "snooze", icon: AlarmClock, act: "snooze" },
    me !== undefined && assignee !== me && { key: "a", word: "assignMe", icon: UserPlus, act: changing({ assignee: me }) },
    assignee !== null && { key: "u", word: "unassign", icon: UserMinus, act: changing({ assignee: null }) },
    { key: "", word: "close", icon: Archive, act: ACTS.close },
  ];
  return deeds.filter((deed) => deed !== false);
}

/** Two at hand where there is room, the others behind a button. */
export function TicketActions({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const me = useMe();
  const run = useToldAct(ticket);
  const [asking, setAsking] = useState<"snooze" | null>(null);
  const act = (wanted: Deed["act"]) => (wanted === "snooze" ? setAsking(wanted) : run(wanted));
  const mayWrite = !me || me.permissions.includes("tickets:write");
  const deeds = mayWrite ? deedsOf(ticket, me?.name) : [];
  useActKeys(Object.fromEntries(deeds.filter(({ key }) => key).map(({ key, act: wanted }) => [key, () => act(wanted)])));
  if (deeds.length === 0) return null;
  const items: MenuItem[] = deeds.map(({ key, word, icon: Icon, act: wanted }) => ({
    key: word,
    label: t(`work.${word}`),
    icon: <Icon size={16} aria-hidden />,
    hint: key,
    onChoose: () => act(wanted),
  }));
  return (
    <div data-acts className="flex shrink-0 items-center gap-2">
      {deeds.slice(0, 2).map(({ word, icon: Icon, act: wanted }) => (
        <Button key={word} className="max-lg:hidden" onClick={() => act(wanted)}>
          <Icon size={16} aria-hidden />
          {t(`work.${word}`)}
        </Button>
      ))}
      <Menu
        items={items}
        trigger={
          <IconButton label={t("work.more")}>
            <Ellipsis size={20} aria-hidden />
          </IconButton>
        }
      />
      {asking === "snooze" ? <SnoozeSheet ticket={ticket} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}
