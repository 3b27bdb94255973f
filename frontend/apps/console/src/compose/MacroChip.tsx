import { X, Zap } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { IconButton } from "@frontdesk/ui";
import type { Macro } from "../data/outgoing";
import { useDeedWords } from "./useDeedWords";

/** What will be done once the reply is sent; it can be left out. */
export function MacroChip({ macro, onRemove }: { macro: Macro | null; onRemove: () => void }) {
  const { t } = useSpeech();
  const words = useDeedWords();
  if (!macro) return null;
  return (
    <p className="flex min-w-0 items-center gap-2 text-12 text-muted">
      <Zap size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 truncate">
        {t("macros.withSend")}: {words(macro.actions).join(" · ")}
      </span>
      <IconButton label={t("macros.without")} className="size-6 max-md:size-11" onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </p>
  );
}
