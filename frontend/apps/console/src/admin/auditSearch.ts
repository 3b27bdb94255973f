/** What the audit page looks for, as its address has it and as the API takes it. */
import type { AuditQuery } from "@frontdesk/api";

const FIELDS = ["actor", "action", "object", "since", "until", "q"] as const;

export type AuditSearch = Partial<Record<(typeof FIELDS)[number], string>>;

export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const given = FIELDS.map((field) => [field, search[field]] as const);
  return Object.fromEntries(given.filter(([, value]) => typeof value === "string" && value.trim() !== ""));
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Midnight of a day here, moved by whole days; undefined for what is no day. */
function midnight(day: string | undefined, later = 0): string | undefined {
  if (!day || !DAY.test(day)) return undefined;
  const date = new Date(`${day}T00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

/** Days are whole and the reader's own: the last one is part of what is looked for. */
export function toAuditQuery({ actor, action, object, since, until, q }: AuditSearch): Omit<AuditQuery, "limit" | "cursor"> {
  const from = midnight(since);
  const to = midnight(until, 1);
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(object ? { object } : {}),
    ...(from ? { since: from } : {}),
    ...(to ? { until: to } : {}),
    ...(q ? { q } : {}),
  };
}
