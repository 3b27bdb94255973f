import { Zap } from "lucide-react";
import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, Tooltip } from "@frontdesk/ui";
import { onDemand } from "../shared/onDemand";

const AlertsSheet = onDemand(async () => (await import("../alerts/AlertsSheet")).AlertsSheet);

/** How many tickets of the list have a watched topic, and the way to the topics. */
export function AlertsButton({ matches }: { matches: number }) {
  const { t, number } = useSpeech();
  const [open, setOpen] = useState(false);
  const name = matches > 0 ? t("inbox.alertsMatch", { n: number(matches) }) : t("inbox.alerts");
  return (
    <>
      <Tooltip content={name}>
        <button
          type="button"
          aria-label={name}
          onClick={() => setOpen(true)}
          className={cx(
            "ml-auto inline-flex h-9 min-w-9 shrink-0 items-center justify-center gap-1 rounded-sm px-2 text-13 transition-colors hover:bg-surface-2 max-md:h-11 max-md:min-w-11",
            matches > 0 ? "text-attention" : "text-muted hover:text-ink",
          )}
        >
          <Zap size={18} aria-hidden />
          {matches > 0 ? <span className="font-mono tabular-nums">{number(matches)}</span> : null}
        </button>
      </Tooltip>
      {open ? <AlertsSheet onClose={() => setOpen(false)} /> : null}
    </>
  );
}
