import { CircleCheck, CircleHelp, TriangleAlert } from "lucide-react";
import type { ChannelAccount } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Chip } from "@frontdesk/ui";
import { ChannelIcon } from "../shared/ChannelIcon";

const SIGNS = {
  ok: { tone: "ai", icon: CircleCheck },
  trouble: { tone: "danger", icon: TriangleAlert },
  unknown: { tone: "quiet", icon: CircleHelp },
} as const;

export function ChannelRow({ account }: { account: ChannelAccount }) {
  const { t, label } = useSpeech();
  const { tone, icon: Icon } = SIGNS[account.health];
  const { report } = account;
  return (
    <li className="flex items-start gap-3 border-t border-hairline px-4 py-3 first:border-t-0">
      <span className="mt-0.5 text-muted">
        <ChannelIcon channel={account.channel} size={16} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {label("channel", account.channel)} · {report?.name || account.account}
          </span>
          <Chip tone={tone} icon={<Icon size={12} aria-hidden />}>
            {t(`channels.${account.health}`)}
          </Chip>
        </p>
        {report?.missing.length ? <p className="mt-1 text-13 text-pretty">{t("channels.missing", { what: report.missing.join(", ") })}</p> : null}
        {report?.error ? <p className="mt-1 text-13 text-pretty [overflow-wrap:anywhere]">{t("channels.error", { what: report.error })}</p> : null}
        <Facts account={account} />
      </div>
    </li>
  );
}

function Facts({ account }: { account: ChannelAccount }) {
  const { t, moment } = useSpeech();
  const { report } = account;
  const facts = [
    account.webhook ? t("channels.called", { where: account.webhook }) : account.polled ? t("channels.polled") : null,
    report?.waiting ? t("channels.waiting", { n: report.waiting }) : null,
    account.queued ? t("channels.queued", { n: account.queued }) : null,
    report?.quality ? t("channels.quality", { what: report.quality }) : null,
    report?.expires_at ? t("channels.expires", { when: moment(report.expires_at) }) : null,
    report?.since ? t("channels.since", { when: moment(report.since) }) : null,
    report?.checked_at ? t("channels.checked", { when: moment(report.checked_at) }) : null,
  ].filter((fact) => fact !== null);
  return facts.length > 0 ? <p className="mt-1 text-12 text-pretty [overflow-wrap:anywhere] text-muted">{facts.join(" · ")}</p> : null;
}
