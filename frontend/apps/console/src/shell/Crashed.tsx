import { useSpeech } from "@frontdesk/i18n";
import { ErrorState } from "@frontdesk/ui";

/** What stands where a page's own code failed; the rest of the console stays usable. */
export function Crashed() {
  const { t } = useSpeech();
  return (
    <ErrorState
      className="flex-1"
      title={t("error.crash")}
      message={t("error.crashHint")}
      retryLabel={t("error.reload")}
      onRetry={() => location.reload()}
    />
  );
}
