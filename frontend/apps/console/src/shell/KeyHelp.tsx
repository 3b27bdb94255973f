import { useEffect, useState, type ReactNode } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Kbd, Sheet } from "@frontdesk/ui";
import { LIST_ID } from "../inbox/useListKeys";
import { isPlainKey } from "../shared/keys";
import { CONVERSATION_ID } from "../shared/landmarks";

/** Keys that lead to a place: what is to be focused. */
const PLACES: Record<string, () => HTMLElement | null> = {
  c: () => document.getElementById(CONVERSATION_ID),
  l: () => document.querySelector<HTMLElement>(`#${LIST_ID} a[tabindex="0"]`),
};

/** The page's own keys, and the sheet that tells of them; `?` opens it. */
export function useKeyHelp(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return;
      const place = PLACES[event.key]?.();
      if (event.key !== "?" && !place) return;
      event.preventDefault();
      if (place) place.focus();
      else setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return [open, setOpen];
}

interface KeyHelpProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function KeyHelp({ open, onOpenChange }: KeyHelpProps) {
  const { t } = useSpeech();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t("help.title")} closeLabel={t("common.close")} className="sm:w-[440px]">
      <dl className="flex flex-col px-5 py-3">
        <Line keys={["j", "↓"]}>{t("help.next")}</Line>
        <Line keys={["k", "↑"]}>{t("help.previous")}</Line>
        <Line keys={["Home", "End"]}>{t("help.ends")}</Line>
        <Line keys={["c", "Enter"]}>{t("help.enter")}</Line>
        <Line keys={["l"]}>{t("help.back")}</Line>
        <Line keys={["r"]}>{t("help.reply")}</Line>
        <Line keys={["n"]}>{t("help.note")}</Line>
        <Line keys={["/"]}>{t("help.macros")}</Line>
        <Line keys={["Tab"]}>{t("help.complete")}</Line>
        <Line keys={["Enter"]}>{t("help.send")}</Line>
        <Line keys={["Ctrl+Enter"]}>{t("help.sendResolve")}</Line>
        <Line keys={["t", "h"]}>{t("help.takeOver")}</Line>
        <Line keys={["e", "o"]}>{t("help.resolve")}</Line>
        <Line keys={["z"]}>{t("help.snooze")}</Line>
        <Line keys={["a", "u"]}>{t("help.assign")}</Line>
        <Line keys={["x"]}>{t("help.select")}</Line>
        <Line keys={["Esc"]}>{t("help.close")}</Line>
        <Line keys={["?"]}>{t("help.this")}</Line>
      </dl>
      <p className="px-5 pb-5 text-13 text-pretty text-muted">{t("help.list")}</p>
    </Sheet>
  );
}

function Line({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <div className="flex items-center gap-4 border-b border-hairline py-2.5 last:border-b-0">
      <dt className="flex w-28 shrink-0 gap-1.5">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd className="min-w-0 text-13 text-pretty">{children}</dd>
    </div>
  );
}
