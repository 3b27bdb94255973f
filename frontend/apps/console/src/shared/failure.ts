import { ApiError } from "@frontdesk/api";
import type { useSpeech } from "@frontdesk/i18n";

/** A failed call in words a person can act on; the API's own message where ours would say less. */
export function failureText(error: Error, t: ReturnType<typeof useSpeech>["t"]): string {
  const api = error instanceof ApiError ? error : null;
  if (api?.code === "network") return t("error.network");
  if (api?.code === "not_found") return t("error.not_found");
  if (!api || api.retryable) return t("error.unavailable");
  return api.message;
}
