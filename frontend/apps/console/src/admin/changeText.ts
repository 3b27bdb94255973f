import type { AuditEntry } from "@frontdesk/api";
import type { TermGroup, useSpeech } from "@frontdesk/i18n";

type Speech = ReturnType<typeof useSpeech>;
type Change = AuditEntry["changes"][number];

/** Fields whose values have words. */
const GROUPS: Partial<Record<string, TermGroup>> = {
  role: "role",
  status: "status",
  category: "category",
  intent: "intent",
  priority: "priority",
  channel: "channel",
};

/** What became of one field. Values that may be personal are not kept: then it is only named. */
export function changeText({ field, before, after }: Change, t: Speech["t"], label: Speech["label"]): string {
  const name = label("audit_field", field);
  if (before == null && after == null) return t("audit.hidden", { field: name });
  const group = GROUPS[field];
  const word = (value: Change["before"]) => (value == null ? t("audit.nothing") : group ? label(group, String(value)) : String(value));
  return t("audit.change", { field: name, before: word(before), after: word(after) });
}
