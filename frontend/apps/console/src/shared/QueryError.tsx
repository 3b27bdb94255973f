import { ApiError } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { ErrorState } from "@frontdesk/ui";

interface QueryErrorProps {
  error: Error;
  onRetry: () => void;
  className?: string;
}

/** A failed call in words a person can act on; the API's own message where ours would say less. */
export function QueryError({ error, onRetry, className }: QueryErrorProps) {
  const { t } = useSpeech();
  const api = error instanceof ApiError ? error : null;
  return (
    <ErrorState
      className={className ?? "flex-1"}
      title={t("error.title")}
      message={messageFor(api, t)}
      reference={api?.requestId ? t("error.request", { id: api.requestId }) : null}
      retryLabel={t("common.retry")}
      onRetry={api && !api.retryable ? undefined : onRetry}
    />
  );
}

function messageFor(error: ApiError | null, t: ReturnType<typeof useSpeech>["t"]): string {
  if (error?.code === "network") return t("error.network");
  if (error?.code === "not_found") return t("error.not_found");
  if (!error || error.retryable) return t("error.unavailable");
  return error.message;
}
