/** How a ticket stands, as a word with a sign: a colour alone tells nothing. */
import type { PortalTicket } from "@frontdesk/api";
import { useScene } from "../shell/scene";
import { CheckIcon, ClockIcon, PersonIcon, ReplyIcon, SparkIcon } from "./Icons";
import { longMoment } from "./moment";

export type StateName = "ai" | "person" | "customer" | "resolved" | "closed";

export function stateOf(ticket: PortalTicket): StateName {
  if (ticket.status === "closed") return "closed";
  if (ticket.status === "resolved") return "resolved";
  return ticket.next === "nobody" ? "resolved" : ticket.next;
}

const ICONS = { ai: SparkIcon, person: PersonIcon, customer: ReplyIcon, resolved: CheckIcon, closed: ClockIcon };

export function State({ ticket }: { ticket: PortalTicket }) {
  const { t } = useScene();
  const name = stateOf(ticket);
  const Icon = ICONS[name];
  return (
    <span class={`state state-${name}`}>
      <Icon />
      {t.states[name]}
    </span>
  );
}

/** When a person may be expected, where one is. */
export function Expected({ ticket }: { ticket: PortalTicket }) {
  const { t, language } = useScene();
  if (ticket.person === null) return null;
  const { minutes, opens_at } = ticket.person;
  if (minutes !== null) return <span class="muted">{t.within(minutes)}</span>;
  return opens_at === null ? null : <span class="muted">{t.opensAt(longMoment(language, opens_at))}</span>;
}
