import { ApiError } from "@frontdesk/api";
import type { ReactNode } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { ErrorState } from "@frontdesk/ui";
import { failureText } from "./failure";

interface QueryErrorProps {
  error: Error;
  onRetry: () => void;
  /** Another way on, where trying again leads nowhere. */
  action?: ReactNode;
  className?: string;
}

/** A question that could not be answered, in a pane's place. */
export function QueryError({ error, onRetry, action, className }: QueryErrorProps) {
  const { t } = useSpeech();
  const api = error instanceof ApiError ? error : null;
  return (
    <ErrorState
      className={className ?? "flex-1"}
      title={t("error.title")}
      message={failureText(error, t)}
      reference={api?.requestId ? t("error.request", { id: api.requestId }) : null}
      retryLabel={t("common.retry")}
      onRetry={api && !api.retryable ? undefined : onRetry}
      action={action}
    />
  );
}
