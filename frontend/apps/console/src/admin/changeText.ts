import type { AuditEntry } from "@frontdesk/api";
import type { TermGroup, useSpeech } from "@frontdesk/i18n";
import { shortId } from "./shortId";

type Speech = ReturnType<typeof useSpeech>;
type Change = AuditEntry["changes"][number];

/** Fields whose values have words. */
const GROUPS: Partial<Record<string, TermGroup>> = {
  role: "role",
  status: "status",
  owner: "audit_owner",
  category: "category",
  category_set_by: "audit_actor",
  intent: "intent",
  priority: "priority",
  priority_set_by: "audit_actor",
  difficulty: "difficulty",
  language: "language",
  reason: "reason",
  escalation_reason: "reason",
  provider: "provider",
  state: "action_state",
  channel: "channel",
};

/** What became of one field. Values that may be personal are not kept: then it is only named. */
export function changeText({ field, before, after }: Change, t: Speech["t"], label: Speech["label"]): string {
  const name = label("audit_field", field);
  if (before == null && after == null) return t("audit.hidden", { field: name });
  const group = GROUPS[field];
  const word = (value: Change["before"]) => (group ? label(group, String(value)) : shortId(String(value)));
  if (before == null) return t("audit.set", { field: name, after: word(after) });
  return t("audit.change", { field: name, before: word(before), after: after == null ? t("audit.nothing") : word(after) });
}
