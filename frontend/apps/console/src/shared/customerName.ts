import type { Customer } from "@frontdesk/api";
import type { useSpeech } from "@frontdesk/i18n";

/** The best name there is for somebody: the name, else an address, else "guest". */
export function customerName(customer: Customer | null, t: ReturnType<typeof useSpeech>["t"]): string {
  return customer?.name || customer?.email || customer?.phone || t("inbox.anonymous");
}
