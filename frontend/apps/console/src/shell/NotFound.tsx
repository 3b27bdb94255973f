import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { EmptyState } from "@frontdesk/ui";
import { LINK_BUTTON } from "../shared/styles";
import { usePageTitle } from "../shared/usePageTitle";

export function NotFound() {
  const { t } = useSpeech();
  usePageTitle(t("error.page"));
  return (
    <EmptyState
      className="flex-1"
      icon={<Compass size={20} aria-hidden />}
      title={t("error.page")}
      action={
        <Link to="/" className={LINK_BUTTON}>
          {t("error.toInbox")}
        </Link>
      }
    />
  );
}
