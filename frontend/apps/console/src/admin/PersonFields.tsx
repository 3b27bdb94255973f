import { useId } from "react";
import { CATEGORIES, CHANNELS, ROLES, type Category, type Channel, type Role } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, FilterChip, TextField } from "@frontdesk/ui";
import { EmailField } from "../shared/EmailField";

/** A person as the form has them; no limit is an empty list. */
export interface Draft {
  name: string;
  email: string;
  role: Role;
  categories: Category[];
  channels: Channel[];
}

export type DraftFaults = Partial<Record<"name" | "email", string>>;

interface PersonFieldsProps {
  draft: Draft;
  faults: DraftFaults;
  onChange: (parts: Partial<Draft>) => void;
}

export function PersonFields({ draft, faults, onChange }: PersonFieldsProps) {
  const { t, label } = useSpeech();
  return (
    <>
      <TextField
        label={t("team.nameOf")}
        autoComplete="off"
        required
        maxLength={200}
        value={draft.name}
        error={faults.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <EmailField autoComplete="off" value={draft.email} onChange={(email) => onChange({ email })} error={faults.email} />
      <Roles value={draft.role} onChange={(role) => onChange({ role })} />
      {draft.role === "admin" ? null : (
        <fieldset className="flex flex-col gap-3">
          <legend className="text-13 font-medium">{t("team.limits")}</legend>
          <p className="mt-1 text-12 text-pretty text-muted">{t("team.limitsHint")}</p>
          <Chosen
            title={t("team.categories")}
            options={CATEGORIES}
            chosen={draft.categories}
            nameOf={(category) => label("category", category)}
            onChange={(categories) => onChange({ categories })}
          />
          <Chosen
            title={t("team.channels")}
            options={CHANNELS}
            chosen={draft.channels}
            nameOf={(channel) => label("channel", channel)}
            onChange={(channels) => onChange({ channels })}
          />
        </fieldset>
      )}
    </>
  );
}

function Roles({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const { t, label } = useSpeech();
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-13 font-medium">{t("team.role")}</legend>
      {ROLES.map((role) => (
        <label
          key={role}
          className={cx(
            "flex cursor-pointer gap-3 rounded-sm border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ai",
            value === role ? "border-ai bg-tint-ai" : "border-hairline hover:border-hairline-strong",
          )}
        >
          <input
            type="radio"
            name={name}
            value={role}
            aria-label={label("role", role)}
            checked={value === role}
            onChange={() => onChange(role)}
            className="mt-1 accent-ai outline-none"
          />
          <span className="min-w-0">
            <span className="block text-13 font-medium">{label("role", role)}</span>
            <span className="block text-12 text-pretty text-muted">{t(`team.role_${role}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface ChosenProps<Option extends string> {
  title: string;
  options: readonly Option[];
  chosen: Option[];
  nameOf: (option: Option) => string;
  onChange: (chosen: Option[]) => void;
}

function Chosen<Option extends string>({ title, options, chosen, nameOf, onChange }: ChosenProps<Option>) {
  const toggle = (option: Option) =>
    onChange(chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option]);
  return (
    <div role="group" aria-label={title}>
      <p aria-hidden className="mb-1.5 text-12 text-muted">
        {title}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <FilterChip key={option} active={chosen.includes(option)} onClick={() => toggle(option)}>
            {nameOf(option)}
          </FilterChip>
        ))}
      </div>
    </div>
  );
}
