import { useQuery } from "@tanstack/react-query";
import { Cpu, TriangleAlert, WifiOff } from "lucide-react";
import { useEffect } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Banner, Button } from "@frontdesk/ui";
import { live } from "../data/client";
import { useLiveStatus } from "../data/live";
import { deskQuery } from "../data/queries";

/** What concerns the whole desk: no connection, the AI away, warnings of the server. */
export function Banners() {
  const { t } = useSpeech();
  const status = useLiveStatus();
  const { data: desk } = useQuery(deskQuery);
  useEffect(() => {
    if (desk) document.title = desk.name;
  }, [desk]);
  return (
    <>
      {status === "offline" ? (
        <Banner
          tone="danger"
          icon={<WifiOff size={16} aria-hidden />}
          action={
            <Button size="sm" onClick={() => live.retryNow()}>
              {t("connection.retry")}
            </Button>
          }
        >
          {t("connection.offline")}
        </Banner>
      ) : null}
      {desk?.ai.mode === "local" ? (
        <Banner icon={<Cpu size={16} aria-hidden />}>{t("banner.local")}</Banner>
      ) : null}
      {desk?.warnings.map((warning) => (
        <Banner key={warning} tone="waiting" icon={<TriangleAlert size={16} aria-hidden />}>
          {warning}
        </Banner>
      ))}
    </>
  );
}
