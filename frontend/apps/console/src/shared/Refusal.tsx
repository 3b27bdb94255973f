import { useSpeech } from "@frontdesk/i18n";
import { attemptText } from "./useAttempt";

interface RefusalProps {
  error: Error | null;
  /** The page's own words for some codes. */
  words?: Partial<Record<string, string>>;
}

/** Why the server refused, read out when it comes. */
export function Refusal({ error, words }: RefusalProps) {
  const { t } = useSpeech();
  if (!error) return null;
  return (
    <p role="alert" className="text-13 text-pretty text-danger">
      {attemptText(error, t, words)}
    </p>
  );
}
