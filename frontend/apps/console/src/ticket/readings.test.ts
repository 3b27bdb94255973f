import { expect, test } from "vitest";
import { message, reading } from "../testSupport";
import { latestExplanation, nearestExamples, readingsOf, sentimentTrend, uniqueEntities } from "./readings";

const order = (value: string) => ({ type: "order_number", value, text: value, start: 0, end: value.length });

test("only messages that were read count", () => {
  expect(readingsOf([message(), message({ seq: 2, reading: reading() })])).toHaveLength(1);
});

test("a message without a score leaves no point in the trend", () => {
  const readings = [0.5, null, 0.2].map((sentiment_score) => reading({ sentiment_score }));
  expect(sentimentTrend(readings)).toEqual([0.5, 0.2]);
});

test("a detail that was said twice is listed once, the latest first", () => {
  const readings = [reading({ entities: [order("1"), order("2")] }), reading({ entities: [order("1")] })];
  expect(uniqueEntities(readings).map((entity) => entity.value)).toEqual(["1", "2"]);
});

test("the explanation is the latest that says anything", () => {
  const readings = [reading({ explanation: { category: ["курьер"], risk: [] } }), reading({ explanation: {} })];
  expect(latestExplanation(readings)).toEqual([["category", ["курьер"]]]);
});

test("similar examples are no words of the explanation", () => {
  const readings = [reading({ explanation: { category: ["курьер"], nearest: ["где курьер (второй)? (delivery)", "без значения"] } })];
  expect(latestExplanation(readings)).toEqual([["category", ["курьер"]]]);
  expect(nearestExamples(readings)).toEqual([
    { text: "где курьер (второй)?", value: "delivery" },
    { text: "без значения", value: null },
  ]);
});
