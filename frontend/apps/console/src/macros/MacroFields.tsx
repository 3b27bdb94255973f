import { useId, useRef, useState, type ReactNode } from "react";
import { CATEGORIES, PRIORITIES, type Category, type Priority } from "@frontdesk/api";
import { LANGUAGE_SHORT, LANGUAGES, useSpeech, type Language } from "@frontdesk/i18n";
import { Button, Segmented, Select, TextArea, TextField } from "@frontdesk/ui";
import { VARIABLES, variableKey } from "../compose/gaps";
import type { MacroDraft } from "./draft";

interface MacroFieldsProps {
  draft: MacroDraft;
  onChange: (parts: Partial<MacroDraft>) => void;
}

/** The value of a list that stands for none of its others. */
const NONE = "none";

export function MacroFields({ draft, onChange }: MacroFieldsProps) {
  const { t, label } = useSpeech();
  const categories = [
    { value: NONE, label: t("macros.anyCategory") },
    ...CATEGORIES.map((value) => ({ value, label: label("category", value) })),
  ];
  return (
    <>
      <TextField label={t("macros.name")} required maxLength={100} value={draft.name} onChange={({ target }) => onChange({ name: target.value })} />
      <Line name={t("macros.category")}>
        <Select
          label={t("macros.category")}
          value={draft.category ?? NONE}
          placeholder=""
          options={categories}
          onChange={(value) => onChange({ category: value === NONE ? null : (value as Category) })}
        />
      </Line>
      <Texts texts={draft.texts} onChange={(texts) => onChange({ texts })} />
      <Deeds draft={draft} onChange={onChange} />
    </>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-13 font-medium">{name}</span>
      {children}
    </div>
  );
}

interface TextsProps {
  texts: MacroDraft["texts"];
  onChange: (texts: MacroDraft["texts"]) => void;
}

/** One language at a time; a dot tells which have a text. */
function Texts({ texts, onChange }: TextsProps) {
  const { t, label, language: reader } = useSpeech();
  const [language, setLanguage] = useState<Language>(reader);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = texts[language] ?? "";
  const write = (next: string) => onChange({ ...texts, [language]: next });
  const insert = (variable: string) => {
    const at = field.current?.selectionStart ?? text.length;
    write(`${text.slice(0, at)}{{${variable}}}${text.slice(field.current?.selectionEnd ?? at)}`);
    field.current?.focus();
  };
  const name = t("macros.text", { language: label("language", language) });
  return (
    <div className="flex flex-col gap-2">
      <Line name={name}>
        <Segmented
          label={t("context.language")}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          options={LANGUAGES.map((value) => ({ value, label: `${LANGUAGE_SHORT[value]}${texts[value]?.trim() ? " •" : ""}` }))}
        />
      </Line>
      <TextArea ref={field} aria-label={name} lang={language} rows={5} maxLength={5000} value={text} onChange={({ target }) => write(target.value)} className="min-h-32" />
      <Variables onInsert={insert} />
    </div>
  );
}

function Variables({ onInsert }: { onInsert: (variable: string) => void }) {
  const { t } = useSpeech();
  return (
    <div role="group" aria-label={t("macros.insert")} className="flex flex-wrap items-center gap-1.5 text-12 text-muted">
      {t("macros.insert")}:
      {VARIABLES.map((variable) => (
        <Button key={variable} size="sm" className="rounded-full" onClick={() => onInsert(variable)}>
          {t(`macros.variable.${variableKey(variable)}`)}
        </Button>
      ))}
    </div>
  );
}

function Deeds({ draft, onChange }: MacroFieldsProps) {
  const { t, label } = useSpeech();
  const priorities = [
    { value: NONE, label: t("macros.keepPriority") },
    ...PRIORITIES.map((value) => ({ value, label: label("priority", value) })),
  ];
  return (
    <fieldset className="flex flex-col gap-3 border-t border-hairline pt-4">
      <legend className="sr-only">{t("macros.does")}</legend>
      <p aria-hidden className="text-13 font-medium">
        {t("macros.does")}
      </p>
      <TextField label={t("macros.tags")} maxLength={500} value={draft.tags} onChange={({ target }) => onChange({ tags: target.value })} />
      <Line name={t("macros.priority")}>
        <Select
          label={t("macros.priority")}
          value={draft.priority ?? NONE}
          placeholder=""
          options={priorities}
          onChange={(value) => onChange({ priority: value === NONE ? null : (value as Priority) })}
        />
      </Line>
      <Check name={t("macros.assignMe")} checked={draft.assignMe} onChange={(assignMe) => onChange({ assignMe })} />
      <Check name={t("macros.resolve")} checked={draft.resolve} onChange={(resolve) => onChange({ resolve })} />
    </fieldset>
  );
}

function Check({ name, checked, onChange }: { name: string; checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex min-h-7 items-center gap-3 max-md:min-h-11">
      <input id={id} type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} className="size-4 accent-(--fd-ai)" />
      <label htmlFor={id} className="text-13">
        {name}
      </label>
    </div>
  );
}
