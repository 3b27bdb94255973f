import { Monitor, Smartphone } from "lucide-react";
import type { OpenSession } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Chip } from "@frontdesk/ui";
import { deviceOf, isHandheld } from "./device";

interface SessionRowProps {
  session: OpenSession;
  busy?: boolean;
  onEnd?: () => void;
}

export function SessionRow({ session, busy = false, onEnd }: SessionRowProps) {
  const { t, moment } = useSpeech();
  const device = deviceOf(session.agent);
  const { browser, system } = device;
  const name = browser && system ? t("account.device", { browser, system }) : (browser ?? system ?? t("account.unknownDevice"));
  const Icon = isHandheld(device) ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-3 border-t border-hairline py-3 first:border-t-0 first:pt-0 last:pb-0">
      <Icon size={20} aria-hidden className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 font-medium">
          <span title={session.agent}>{name}</span>
          {session.is_current ? <Chip tone="ai">{t("account.here")}</Chip> : null}
        </p>
        <p className="text-12 text-pretty text-muted">
          <span className="font-mono">{session.network}</span> · {t("account.seen", { when: moment(session.seen_at) })}
        </p>
      </div>
      {onEnd ? (
        <Button size="sm" disabled={busy} aria-label={t("account.endSession", { device: name })} onClick={onEnd}>
          {t("account.end")}
        </Button>
      ) : null}
    </li>
  );
}
