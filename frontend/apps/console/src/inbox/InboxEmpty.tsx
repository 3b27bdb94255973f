import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, EmptyState } from "@frontdesk/ui";
import { deskQuery } from "../data/queries";
import { LINK_BUTTON } from "../shared/styles";
import { useInboxFilter } from "./useInboxFilter";

/** Either nothing has come yet, or nothing fits the filter: each with its next step. */
export function InboxEmpty() {
  const { t, language } = useSpeech();
  const { filter, setFilter } = useInboxFilter();
  const { data: desk } = useQuery(deskQuery(language));
  const icon = <Inbox size={20} aria-hidden />;

  if (Object.keys(filter).length > 0) {
    const action = <Button onClick={() => setFilter({})}>{t("inbox.showAll")}</Button>;
    return <EmptyState className="flex-1" icon={icon} title={t("inbox.emptyFilter")} action={action} />;
  }
  return (
    <EmptyState
      className="flex-1"
      icon={icon}
      title={t("inbox.empty")}
      hint={desk?.demo ? t("inbox.emptyDemo") : t("inbox.emptyHint")}
      action={
        desk?.demo ? (
          <a href="/shop" className={LINK_BUTTON}>
            {t("inbox.openShop")}
          </a>
        ) : null
      }
    />
  );
}
