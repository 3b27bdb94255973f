import { Search, X } from "lucide-react";
import { useState } from "react";
import { AUDIT_ACTIONS } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, FilterChip, Select } from "@frontdesk/ui";
import type { AuditSearch } from "./auditSearch";

const OBJECTS = ["ticket", "customer", "person", "key", "session", "article", "classifier", "setting", "event", "audit"] as const;
const ANY = "any";

const FIELD = "h-9 rounded-sm border border-hairline bg-surface-1 px-2.5 text-13 text-ink transition-colors hover:border-hairline-strong max-md:h-11";

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (parts: AuditSearch) => void;
  onClear: () => void;
}

export function AuditFilters({ search, onChange, onClear }: AuditFiltersProps) {
  const { t, label } = useSpeech();
  const either = (value: string) => (value === ANY ? undefined : value);
  return (
    <div className="mb-4 flex flex-col gap-3">
      <Words key={search.q} q={search.q ?? ""} onSearch={(q) => onChange({ q })} />
      <div className="flex flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2 max-md:[&>button]:w-full">
        <Select
          label={t("audit.action")}
          value={search.action ?? ANY}
          placeholder={t("audit.anyAction")}
          options={[
            { value: ANY, label: t("audit.anyAction") },
            ...AUDIT_ACTIONS.map((action) => ({ value: action as string, label: label("audit_action", action) })),
          ]}
          onChange={(action) => onChange({ action: either(action) })}
        />
        <Select
          label={t("audit.object")}
          value={search.object?.split(":")[0] ?? ANY}
          placeholder={t("audit.anyObject")}
          options={[{ value: ANY, label: t("audit.anyObject") }, ...OBJECTS.map((kind) => ({ value: kind as string, label: label("audit_object", kind) }))]}
          onChange={(object) => onChange({ object: either(object) })}
        />
        <Day name={t("audit.since")} value={search.since} onChange={(since) => onChange({ since })} />
        <Day name={t("audit.until")} value={search.until} onChange={(until) => onChange({ until })} />
        {search.actor ? <ActorChip actor={search.actor} onRemove={() => onChange({ actor: undefined })} /> : null}
        {Object.keys(search).length > 0 ? (
          <Button variant="ghost" size="sm" onClick={onClear}>
            {t("audit.clear")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function ActorChip({ actor, onRemove }: { actor: string; onRemove: () => void }) {
  const { t } = useSpeech();
  const name = t("audit.actor", { name: actor });
  return (
    <FilterChip active aria-label={t("inbox.clear", { name })} onClick={onRemove}>
      <span className="max-w-48 truncate">{name}</span>
      <X size={14} aria-hidden />
    </FilterChip>
  );
}

/** Looked for when Enter is pressed or the field is left. */
function Words({ q, onSearch }: { q: string; onSearch: (q: string | undefined) => void }) {
  const { t } = useSpeech();
  const [text, setText] = useState(q);
  const search = () => (text.trim() === q ? undefined : onSearch(text.trim() || undefined));
  return (
    <form
      role="search"
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Search size={16} aria-hidden className="absolute top-1/2 left-3 -translate-y-1/2 text-muted" />
      <input
        type="search"
        aria-label={t("audit.search")}
        placeholder={t("audit.search")}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={search}
        className={`${FIELD} w-full pl-9`}
      />
    </form>
  );
}

interface DayProps {
  name: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

function Day({ name, value, onChange }: DayProps) {
  return (
    <label className="flex items-center gap-1.5 text-12 text-muted max-md:flex-col max-md:items-stretch">
      {name}
      <input type="date" value={value ?? ""} onChange={(event) => onChange(event.target.value || undefined)} className={FIELD} />
    </label>
  );
}
