import type { Source } from "@frontdesk/api";
import type { useSpeech } from "@frontdesk/i18n";

const ORDER = /^order:(.+)$/;

export function orderNumber(source: Pick<Source, "doc_id">): string | null {
  return ORDER.exec(source.doc_id)?.[1] ?? null;
}

/** An order is a source too: it is named as one. */
export function sourceTitle(source: Source, t: ReturnType<typeof useSpeech>["t"]): string {
  const order = orderNumber(source);
  return order ? t("source.order", { number: order }) : source.title;
}

/** An order's heading is its status. */
export function sourceHeading(source: Source, label: ReturnType<typeof useSpeech>["label"]): string {
  return orderNumber(source) ? label("order_status", source.heading) : source.heading;
}
