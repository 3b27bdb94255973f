import { useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import type { ApiKey } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Confirm } from "@frontdesk/ui";
import { admin } from "../data/client";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { keysQuery } from "./queries";

interface RevokeKeyProps {
  apiKey: ApiKey | null;
  onEnd: () => void;
  fallback: RefObject<HTMLElement | null>;
}

export function RevokeKey({ apiKey, onEnd, fallback }: RevokeKeyProps) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const attempt = useAttempt((id: string) => admin.revokeKey(id), () => {
    void client.invalidateQueries({ queryKey: keysQuery.queryKey });
    onEnd();
  });
  return (
    <Confirm
      open={apiKey !== null}
      title={t("apiKeys.revokeTitle", { name: apiKey?.name ?? "" })}
      confirmLabel={t("apiKeys.revoke")}
      cancelLabel={t("account.cancel")}
      busy={attempt.busy}
      error={attempt.error ? attemptText(attempt.error, t) : null}
      onConfirm={() => (apiKey ? attempt.run(apiKey.key_id) : undefined)}
      onCancel={() => {
        attempt.forget();
        onEnd();
      }}
      fallback={fallback}
    >
      {t("apiKeys.revokeText")}
    </Confirm>
  );
}
