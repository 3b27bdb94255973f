import { Wifi, WifiOff } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, Tooltip } from "@frontdesk/ui";
import { useLiveStatus } from "../data/live";

const TONE = { open: "text-ai", connecting: "text-muted fd-breathe", offline: "text-danger" };

/** Whether the page hears the desk: an icon and its word, never the colour alone. */
export function ConnectionDot() {
  const { t } = useSpeech();
  const status = useLiveStatus();
  const Icon = status === "offline" ? WifiOff : Wifi;
  return (
    <Tooltip content={t(`connection.${status}`)} side="right">
      <span
        role="img"
        aria-label={t(`connection.${status}`)}
        className={cx("flex size-10 items-center justify-center", TONE[status])}
      >
        <Icon size={16} aria-hidden />
      </span>
    </Tooltip>
  );
}
