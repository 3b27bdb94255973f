import type { AnalyticsSummary } from "@frontdesk/api";
import { expect, test } from "vitest";
import { barsOf, figuresOf } from "./figures";

const summary: AnalyticsSummary = {
  total_tickets: 10,
  avg_risk: 0.3,
  high_risk_count: 2,
  by_category: {},
  by_sentiment: {},
  by_status: { waiting: 4, escalated: 3, resolved: 2, closed: 1 },
  by_channel: {},
  resolution: {
    ai_answered: 0,
    escalated: 3,
    resolved: 0,
    resolved_without_person: 0,
    escalation_rate: 0.3,
    resolved_without_person_rate: 0,
  },
  response_time: {
    answered: 0,
    first_response_seconds_avg: null,
    first_response_seconds_p50: null,
    first_response_seconds_p95: null,
    ai_seconds_p50: null,
    ai_seconds_p95: null,
  },
  cost: { total_usd: 0, per_ticket_usd: null, ai_replies: 0, input_tokens: 0, output_tokens: 0 },
};

test("open is everything but resolved and closed", () => {
  expect(figuresOf(summary)).toMatchObject({ total: 10, open: 7 });
});

test("a share of nothing is not a zero", () => {
  expect(figuresOf(summary)).toMatchObject({ aiShare: null, firstAnswerSeconds: null });
  const resolution = { ...summary.resolution, resolved: 4, resolved_without_person_rate: 0.75 };
  expect(figuresOf({ ...summary, resolution }).aiShare).toBe(0.75);
});

test("bars start at zero, the longest is whole, and the shares sum to one", () => {
  const bars = barsOf({ delivery: 6, order: 3, other: 0, payment: 3 });
  expect(bars.map((bar) => bar.name)).toEqual(["delivery", "order", "payment"]);
  expect(bars.map((bar) => bar.length)).toEqual([1, 0.5, 0.5]);
  expect(bars.reduce((sum, bar) => sum + bar.share, 0)).toBeCloseTo(1);
});

test("no counts are no bars", () => {
  expect(barsOf({})).toEqual([]);
});
