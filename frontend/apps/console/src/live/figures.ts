/** The figures of the summary as the page shows them; one that is not known is null, never a misleading 0. */
import type { AnalyticsSummary, Counts } from "@frontdesk/api";

export interface Figures {
  total: number;
  open: number;
  highRisk: number;
  avgRisk: number | null;
  aiShare: number | null;
  resolved: number;
  firstAnswerSeconds: number | null;
  slowSeconds: number | null;
  cost: number;
  costPerTicket: number | null;
}

const CLOSED = new Set(["resolved", "closed"]);

export function figuresOf(summary: AnalyticsSummary): Figures {
  const open = Object.entries(summary.by_status).reduce((sum, [status, n]) => (CLOSED.has(status) ? sum : sum + n), 0);
  const { resolution, response_time, cost } = summary;
  return {
    total: summary.total_tickets,
    open,
    highRisk: summary.high_risk_count,
    avgRisk: summary.avg_risk,
    // Of nothing there is no share, whatever a division may say.
    aiShare: resolution.resolved > 0 ? resolution.resolved_without_person_rate : null,
    resolved: resolution.resolved,
    firstAnswerSeconds: response_time.first_response_seconds_p50,
    slowSeconds: response_time.first_response_seconds_p95,
    cost: cost.total_usd,
    costPerTicket: cost.per_ticket_usd,
  };
}

export interface Bar {
  name: string;
  count: number;
  /** Of the longest bar, 0..1: bars start at zero. */
  length: number;
  /** Of all, 0..1. */
  share: number;
}

export function barsOf(counts: Counts): Bar[] {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  const longest = Math.max(0, ...entries.map(([, count]) => count));
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  return entries
    .map(([name, count]) => ({ name, count, length: count / longest, share: count / all }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
