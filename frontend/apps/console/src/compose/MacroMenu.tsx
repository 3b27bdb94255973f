import { Link } from "@tanstack/react-router";
import { Zap } from "lucide-react";
import { useEffect, useRef } from "react";
import type { OfferedMacro } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { useDeedWords } from "./useDeedWords";
import type { MacroMenuState } from "./useMacroMenu";

interface MacroMenuProps {
  id: string;
  menu: MacroMenuState;
}

/** Over the field, whose focus it leaves alone: the field's keys move through it. */
export function MacroMenu({ id, menu: { open, offers, active, choose } }: MacroMenuProps) {
  const { t } = useSpeech();
  const mayManage = useMay("kb:write");
  if (!open || !offers) return null;
  return (
    <div className="fd-pop glass-overlay absolute inset-x-0 bottom-full z-30 mb-2 overflow-hidden rounded-lg">
      {offers.length === 0 ? (
        <p role="status" className="px-4 py-3 text-13 text-muted">
          {t("macros.nothing")}
        </p>
      ) : (
        <div id={id} role="listbox" aria-label={t("macros.menu")} className="max-h-[min(320px,40dvh)] overflow-y-auto p-1">
          {offers.map((offer, at) => (
            <Option key={offer.macro_id} id={`${id}-${at}`} offer={offer} active={at === active} onChoose={() => choose(offer)} />
          ))}
        </div>
      )}
      <div className="flex items-center justify-between gap-3 border-t border-hairline px-4 py-2 text-12 text-muted">
        <span className="max-md:hidden">{t("macros.keys")}</span>
        {mayManage ? (
          <Link to="/macros" className="rounded-sm hover:text-ink max-md:py-2">
            {t("macros.manage")}
          </Link>
        ) : null}
      </div>
    </div>
  );
}

interface OptionProps {
  id: string;
  offer: OfferedMacro;
  active: boolean;
  onChoose: () => void;
}

function Option({ id, offer, active, onChoose }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  const does = useDeedWords()(offer.actions);
  useEffect(() => {
    if (active) row.current?.scrollIntoView?.({ block: "nearest" });
  }, [active]);
  return (
    // The field keeps the focus and hears the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cx("flex cursor-default flex-col gap-0.5 rounded-sm px-3 py-2 max-md:min-h-11", active ? "bg-surface-2" : "hover:bg-surface-1")}
    >
      <span className="flex items-center gap-2 text-13 font-medium">
        <span className="min-w-0 truncate">{offer.name}</span>
        {does.length > 0 ? (
          <span className="ml-auto inline-flex min-w-0 items-center gap-1 text-12 font-normal text-muted">
            <Zap size={12} aria-hidden className="shrink-0" />
            <span className="truncate">{does.join(" · ")}</span>
          </span>
        ) : null}
      </span>
      {offer.content ? (
        <span lang={offer.language ?? undefined} className="line-clamp-2 text-12 text-muted">
          {offer.content}
        </span>
      ) : null}
    </div>
  );
}
