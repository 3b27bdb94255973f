import { ChevronDown, CircleCheck, Sparkles } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Menu } from "@frontdesk/ui";
import type { After } from "../data/outgoing";

interface SendButtonProps {
  note: boolean;
  disabled: boolean;
  onSend: (after: After) => void;
}

/** Sends; beside it, what else may be done with the ticket at once. */
export function SendButton({ note, disabled, onSend }: SendButtonProps) {
  const { t } = useSpeech();
  if (note) {
    return (
      <Button type="submit" disabled={disabled}>
        {t("compose.addNote")}
      </Button>
    );
  }
  return (
    <div className="flex shrink-0 gap-px">
      <Button type="submit" variant="primary" disabled={disabled} className="rounded-r-none">
        {t("compose.send")}
      </Button>
      <Menu
        side="top"
        trigger={
          <Button variant="primary" disabled={disabled} aria-label={t("compose.more")} className="rounded-l-none px-2 max-md:px-3">
            <ChevronDown size={16} aria-hidden />
          </Button>
        }
        items={[
          {
            key: "resolve",
            label: t("compose.sendResolve"),
            icon: <CircleCheck size={16} aria-hidden />,
            hint: "Ctrl+Enter",
            onChoose: () => onSend("resolve"),
          },
          { key: "hand_back", label: t("compose.sendHandBack"), icon: <Sparkles size={16} aria-hidden />, onChoose: () => onSend("hand_back") },
        ]}
      />
    </div>
  );
}
