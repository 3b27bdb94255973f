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

/** The words behind each finding of the latest reading that has any. */
export function latestExplanation(readings: Reading[]): [string, string[]][] {
  const latest = readings.findLast((reading) => Object.keys(reading.explanation ?? {}).length > 0);
  return Object.entries(latest?.explanation ?? {}).filter(([, words]) => words.length > 0);
}
