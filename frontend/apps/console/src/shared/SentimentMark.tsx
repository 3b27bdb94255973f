import { Frown, Meh, Smile } from "lucide-react";
import type { Sentiment } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";

const FACES = { negative: Frown, neutral: Meh, positive: Smile };

/** A face and its word; the calm middle is the rule and says nothing in dense rows. */
export function SentimentMark({ sentiment, quietNeutral = false }: { sentiment: Sentiment; quietNeutral?: boolean }) {
  const { label } = useSpeech();
  if (quietNeutral && sentiment === "neutral") return null;
  const Face = FACES[sentiment];
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      <Face size={14} aria-hidden />
      {label("sentiment", sentiment)}
    </span>
  );
}
