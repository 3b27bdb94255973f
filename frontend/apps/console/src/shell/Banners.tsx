import { useQuery } from "@tanstack/react-query";
import { Cpu, TriangleAlert, WifiOff } from "lucide-react";
import type { Desk } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Banner, Button, Popover } from "@frontdesk/ui";
import { live } from "../data/client";
import { useLiveStatus } from "../data/live";
import { deskQuery } from "../data/queries";

/** What concerns the whole desk: no connection, the AI away, warnings of the server. */
export function Banners() {
  const { t, language } = useSpeech();
  const status = useLiveStatus();
  const { data: desk } = useQuery(deskQuery(language));
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
      {desk ? <Notices desk={desk} /> : null}
    </>
  );
}

/** One quiet line however much there is to say; the rest is a click away. */
function Notices({ desk }: { desk: Desk }) {
  const { t } = useSpeech();
  const { warnings } = desk;
  const local = desk.ai.mode === "local";
  if (!local && warnings.length === 0) return null;
  const Icon = local ? Cpu : TriangleAlert;
  return (
    <Banner
      icon={<Icon size={16} aria-hidden />}
      action={
        warnings.length > (local ? 0 : 1) ? (
          <Popover
            label={t("banner.all")}
            align="end"
            trigger={
              <Button size="sm" variant="ghost">
                {t("banner.all")}
              </Button>
            }
          >
            <ul className="flex flex-col gap-2 text-13">
              {warnings.map((warning) => (
                <li key={warning} className="flex gap-2">
                  <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
                  <span className="min-w-0 [overflow-wrap:anywhere]">{warning}</span>
                </li>
              ))}
            </ul>
          </Popover>
        ) : null
      }
    >
      {local ? t("banner.local") : warnings[0]}
    </Banner>
  );
}
