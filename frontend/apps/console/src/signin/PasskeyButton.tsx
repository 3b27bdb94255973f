import { KeyRound } from "lucide-react";
import type { SignedIn } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { access } from "../data/client";
import { askForPasskey, NoPasskey } from "../shared/passkey";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { Problem } from "./Form";

interface PasskeyButtonProps {
  challenge: string;
  /** Whether there is no other way on. */
  isMain: boolean;
  onSignedIn: (answer: SignedIn) => void;
}

export function PasskeyButton({ challenge, isMain, onSignedIn }: PasskeyButtonProps) {
  const { t } = useSpeech();
  const attempt = useAttempt(async () => {
    const asked = await access.passkeyToSignIn(challenge);
    return access.signInByPasskey(challenge, asked.token, await askForPasskey(asked));
  }, onSignedIn);
  const { error } = attempt;
  const none = t("signIn.passkeyNone");
  return (
    <div className="mt-7 flex flex-col gap-4">
      <Button
        variant={isMain ? "primary" : "plain"}
        disabled={attempt.busy || attempt.wait > 0}
        aria-busy={attempt.busy}
        onClick={() => attempt.run(undefined)}
        className="h-11 w-full text-14"
      >
        <KeyRound size={18} aria-hidden />
        {t("signIn.passkey")}
      </Button>
      {error ? <Problem>{error instanceof NoPasskey ? none : attemptText(error, t, { unauthorized: none, conflict: none })}</Problem> : null}
    </div>
  );
}
