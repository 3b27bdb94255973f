/** Goes on with what somebody writes, from sentences that came with the ticket: nothing is asked while they type. */
import type { Phrase } from "@frontdesk/api";

/** With fewer characters of a sentence anything could follow. */
const LEAST = 3;
const SENTENCE_END = /[.!?…]\s+|\n/g;

/** What would follow; empty where nothing is sure enough. The first phrase that fits wins: they come likeliest first. */
export function completionOf(text: string, phrases: readonly Phrase[]): string {
  const begun = lastSentence(text);
  if (begun.trim().length < LEAST) return "";
  const asked = begun.toLocaleLowerCase();
  const phrase = phrases.find(({ text: whole }) => whole.length > begun.length && whole.toLocaleLowerCase().startsWith(asked));
  return phrase?.text.slice(begun.length) ?? "";
}

function lastSentence(text: string): string {
  let start = 0;
  for (const end of text.matchAll(SENTENCE_END)) start = end.index + end[0].length;
  return text.slice(start);
}
