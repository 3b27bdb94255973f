import { ApiError } from "@frontdesk/api";
import type { useSpeech } from "@frontdesk/i18n";

/** A failed call in the reader's words, by its code: the API's own message is English. */
export function failureText(error: Error, t: ReturnType<typeof useSpeech>["t"]): string {
  const code = error instanceof ApiError ? error.code : "internal_error";
  return t(`problem.${code}` as never, { defaultValue: t("problem.internal_error") });
}
