import { Link } from "@tanstack/react-router";
import { Bot, Cog, KeyRound, ListChecks, UserRound, UsersRound, type LucideIcon } from "lucide-react";
import type { AuditEntry } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { changeText } from "./changeText";
import { shortId } from "./shortId";

const ICONS: Record<string, LucideIcon> = { person: UserRound, key: KeyRound, customer: UsersRound, ai: Bot, rule: ListChecks, system: Cog };

interface AuditRowProps {
  entry: AuditEntry;
  onActor: (actor: string) => void;
}

export function AuditRow({ entry, onActor }: AuditRowProps) {
  const { t, label, moment, number } = useSpeech();
  const Icon = ICONS[entry.actor.kind] ?? Cog;
  const kind = label("audit_actor", entry.actor.kind);
  const facts = [entry.network, entry.number === null ? t("audit.pending") : t("audit.number", { n: number(entry.number) })];
  return (
    <li className="flex gap-3 border-t border-hairline px-4 py-3 first:border-t-0">
      <Icon size={16} role="img" aria-label={kind} className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-13">
          <span className="font-medium">{label("audit_action", entry.action)}</span>
          <ObjectOf entry={entry} />
        </p>
        {entry.changes.length > 0 ? (
          <p className="mt-0.5 text-13 text-pretty [overflow-wrap:anywhere] text-muted">
            {entry.changes.map((change) => changeText(change, t, label)).join("; ")}
          </p>
        ) : null}
        <div className="dotted-frame mt-0.5 text-12 text-muted">
          <div className="dotted flex flex-wrap">
            <Actor entry={entry} onActor={onActor} />
            <time dateTime={entry.at} className="md:hidden">
              {moment(entry.at)}
            </time>
            {facts.filter(Boolean).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
            {entry.request_id ? <span title={entry.request_id}>{t("audit.request", { id: shortId(entry.request_id) })}</span> : null}
          </div>
        </div>
      </div>
      <time dateTime={entry.at} className="shrink-0 text-12 text-muted max-md:hidden">
        {moment(entry.at)}
      </time>
    </li>
  );
}

/** A click narrows the list to what this one did. */
function Actor({ entry: { actor }, onActor }: AuditRowProps) {
  const { t, label } = useSpeech();
  const isNamed = actor.kind === "person" || actor.kind === "key";
  const name = isNamed ? (actor.name ?? actor.id ?? "") : label("audit_actor", actor.kind);
  return (
    <span>
      <button
        type="button"
        aria-label={t("audit.onlyActor", { name })}
        onClick={() => onActor(isNamed && actor.id ? actor.id : actor.kind)}
        className="rounded-sm text-left underline-offset-2 [overflow-wrap:anywhere] hover:text-ink hover:underline"
      >
        {name}
      </button>
    </span>
  );
}

function ObjectOf({ entry: { object } }: { entry: AuditEntry }) {
  const { t, label } = useSpeech();
  if (object.kind === "ticket") {
    return (
      <Link to="/tickets/$ticketId" params={{ ticketId: object.id }} className="text-12 text-muted underline underline-offset-2 hover:text-ink">
        {t("audit.openTicket")}
      </Link>
    );
  }
  return (
    <span className="min-w-0 text-12 [overflow-wrap:anywhere] text-muted">
      {label("audit_object", object.kind)} <span className="font-mono" title={object.id}>{shortId(object.id)}</span>
    </span>
  );
}
