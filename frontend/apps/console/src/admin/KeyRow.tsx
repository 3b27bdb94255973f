import type { ApiKey } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Chip, cx, useNow } from "@frontdesk/ui";
import { permissionKey } from "./permissionKey";

export function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t, label, moment } = useSpeech();
  const now = useNow();
  const hasEnded = apiKey.expires_at !== null && Date.parse(apiKey.expires_at) <= now;
  const isGood = apiKey.revoked_at === null && !hasEnded;
  const facts = [
    apiKey.used_at ? t("apiKeys.used", { when: moment(apiKey.used_at) }) : t("apiKeys.neverUsed"),
    t("apiKeys.created", { when: moment(apiKey.created_at) }),
    apiKey.expires_at ? t("apiKeys.endsAt", { when: moment(apiKey.expires_at) }) : t("apiKeys.endsNever"),
  ];
  return (
    <li className="flex items-start gap-3 border-t border-hairline px-4 py-3 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          <span className={cx("min-w-0 [overflow-wrap:anywhere]", !isGood && "text-muted")}>{apiKey.name}</span>
          {apiKey.revoked_at ? <Chip tone="danger">{t("apiKeys.revoked")}</Chip> : hasEnded ? <Chip>{t("apiKeys.ended")}</Chip> : null}
        </p>
        <p className="mt-1 text-13 text-pretty">{apiKey.scopes.map((scope) => label("permission", permissionKey(scope))).join(" · ")}</p>
        <p className="mt-1 text-12 text-pretty text-muted">{facts.join(" · ")}</p>
      </div>
      {isGood ? (
        <Button size="sm" aria-label={t("apiKeys.revokeName", { name: apiKey.name })} onClick={onRevoke}>
          {t("apiKeys.revoke")}
        </Button>
      ) : null}
    </li>
  );
}
