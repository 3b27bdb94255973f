import { MessagesSquare } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { EmptyState, Kbd } from "@frontdesk/ui";
import { usePageTitle } from "../shared/usePageTitle";

export function NoTicket() {
  const { t } = useSpeech();
  usePageTitle(t("nav.inbox"));
  return (
    <EmptyState
      className="flex-1"
      icon={<MessagesSquare size={20} aria-hidden />}
      title={t("ticket.choose")}
      hint={
        <>
          <p>{t("ticket.chooseHint")}</p>
          <p className="mt-4 flex items-center justify-center gap-1.5 text-12">
            {t("ticket.chooseKeys")} <Kbd>j</Kbd> <Kbd>k</Kbd>
          </p>
        </>
      }
    />
  );
}
