import { Zap } from "lucide-react";
import type { Macro } from "@frontdesk/api";
import { LANGUAGE_SHORT, LANGUAGES, useSpeech } from "@frontdesk/i18n";
import { useDeedWords } from "../compose/useDeedWords";

interface MacroRowProps {
  macro: Macro;
  onEdit: (() => void) | null;
}

export function MacroRow({ macro, onEdit }: MacroRowProps) {
  const { t, label, number, language } = useSpeech();
  const does = useDeedWords()(macro.actions);
  const text = macro.texts[language] ?? Object.values(macro.texts)[0] ?? "";
  const content = (
    <>
      <span className="flex min-w-0 items-baseline gap-3">
        <span className="min-w-0 truncate text-14 font-medium text-ink">{macro.name}</span>
        <span className="shrink-0 text-12 text-muted">{macro.category ? label("category", macro.category) : t("macros.anyCategory")}</span>
        {macro.uses > 0 ? (
          <span className="ml-auto shrink-0 text-12 text-muted max-md:hidden">{t("macros.uses", { n: number(macro.uses) })}</span>
        ) : null}
      </span>
      {text ? <span className="line-clamp-2 text-13 text-muted">{text}</span> : null}
      <span className="flex min-w-0 items-center gap-3 text-12 text-muted">
        {LANGUAGES.filter((code) => macro.texts[code]).map((code) => (
          <span key={code}>{LANGUAGE_SHORT[code]}</span>
        ))}
        {does.length > 0 ? (
          <span className="inline-flex min-w-0 items-center gap-1">
            <Zap size={12} aria-hidden className="shrink-0" />
            <span className="truncate">{does.join(" · ")}</span>
          </span>
        ) : null}
      </span>
    </>
  );
  const look = "flex w-full flex-col gap-1 px-4 py-3 text-left";
  return (
    <li className="border-b border-hairline last:border-b-0">
      {onEdit ? (
        <button type="button" onClick={onEdit} className={`${look} -outline-offset-2 transition-colors hover:bg-surface-2`}>
          {content}
        </button>
      ) : (
        <div className={look}>{content}</div>
      )}
    </li>
  );
}
