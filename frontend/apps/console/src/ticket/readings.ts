/** The AI's readings of a conversation, taken together. */
import type { Entity, Message, Reading } from "@frontdesk/api";

export function readingsOf(messages: Message[]): Reading[] {
  return messages.flatMap((message) => (message.reading ? [message.reading] : []));
}

/** Sentiment scores in the order of the messages; a message without one leaves no false point. */
export function sentimentTrend(readings: Reading[]): number[] {
  return readings.flatMap((reading) => (reading.sentiment_score === null ? [] : [reading.sentiment_score]));
}

/** Each detail once, the latest first: people repeat an order number in every message. */
export function uniqueEntities(readings: Reading[]): Entity[] {
  const seen = new Map<string, Entity>();
  for (const reading of readings.toReversed()) {
    for (const entity of reading.entities ?? []) {
      const key = `${entity.type}:${entity.value}`;
      if (!seen.has(key)) seen.set(key, entity);
    }
  }
  return [...seen.values()];
}

/** Among the explanation's fields this one holds examples, not words. */
const NEAREST = "nearest";

function latestTelling(readings: Reading[]): Record<string, string[]> {
  return readings.findLast((reading) => Object.keys(reading.explanation ?? {}).length > 0)?.explanation ?? {};
}

/** What a message is about comes first, what was made of that last; unknown fields follow. */
const FIELDS = ["category", "intent", "sentiment", "escalation_reason"];

function placeOf(field: string): number {
  const place = FIELDS.indexOf(field);
  return place < 0 ? FIELDS.length : place;
}

/** The words behind each finding of the latest reading that has any. */
export function latestExplanation(readings: Reading[]): [string, string[]][] {
  return Object.entries(latestTelling(readings))
    .filter(([field, words]) => field !== NEAREST && words.length > 0)
    .sort(([a], [b]) => placeOf(a) - placeOf(b));
}

export interface NearExample {
  text: string;
  /** The value that the example stands for, where it is told. */
  value: string | null;
}

/** The examples most like what that reading read, each told as "text (value)". */
export function nearestExamples(readings: Reading[]): NearExample[] {
  return (latestTelling(readings)[NEAREST] ?? []).map((example) => {
    const [, text, value] = /^(.+) \((\w+)\)$/su.exec(example) ?? [];
    return text && value ? { text, value } : { text: example, value: null };
  });
}
