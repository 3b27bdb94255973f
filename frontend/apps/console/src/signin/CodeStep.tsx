import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import type { SignedIn } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { access } from "../data/client";
import { passkeyHindrance } from "../shared/passkey";
import { CodeField, isCode } from "../shared/CodeField";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { Form, Problem, TEXT_LINK, useFirstFocus } from "./Form";
import { PasskeyButton } from "./PasskeyButton";
import { SignInFrame } from "./SignInFrame";

/** So long the server waits for the second step. */
const CHALLENGE_MS = 5 * 60_000;

interface CodeStepProps {
  challenge: string;
  factors: readonly string[];
  onSignedIn: (answer: SignedIn) => void;
  onLate: () => void;
  onBack: () => void;
}

export function CodeStep({ challenge, factors, onSignedIn, onLate, onBack }: CodeStepProps) {
  const { t } = useSpeech();
  useEffect(() => {
    const timer = setTimeout(onLate, CHALLENGE_MS);
    return () => clearTimeout(timer);
  }, [challenge, onLate]);
  const back = (
    <button type="button" className={TEXT_LINK} onClick={onBack}>
      <ArrowLeft size={16} aria-hidden />
      {t("signIn.back")}
    </button>
  );
  const hasApp = factors.includes("totp");
  const hasPasskey = factors.includes("passkey") && passkeyHindrance() === null;
  const hint = hasApp && hasPasskey ? t("signIn.bothHint") : hasPasskey ? t("signIn.passkeyHint") : t("signIn.codeHint");
  return (
    <SignInFrame title={t("signIn.codeTitle")} hint={hasApp || hasPasskey ? hint : null}>
      {hasPasskey ? <PasskeyButton challenge={challenge} isMain={!hasApp} onSignedIn={onSignedIn} /> : null}
      {hasApp ? <CodeForm challenge={challenge} onSignedIn={onSignedIn} back={back} /> : null}
      {hasApp ? null : (
        <div className="mt-7 flex flex-col items-start gap-5">
          {hasPasskey ? null : <Problem>{t("signIn.noFactor")}</Problem>}
          {back}
        </div>
      )}
    </SignInFrame>
  );
}

interface CodeFormProps {
  challenge: string;
  onSignedIn: (answer: SignedIn) => void;
  back: React.ReactNode;
}

function CodeForm({ challenge, onSignedIn, back }: CodeFormProps) {
  const { t } = useSpeech();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useFirstFocus<HTMLInputElement>();
  const attempt = useAttempt((given: string) => access.signInByCode(challenge, given), onSignedIn);
  const submit = () => {
    setMissing(!isCode(code));
    if (isCode(code)) attempt.run(code);
  };
  return (
    <Form
      submit={t("signIn.confirm")}
      busy={attempt.busy}
      wait={attempt.wait}
      problem={attempt.error ? attemptText(attempt.error, t, { unauthorized: t("signIn.codeWrong") }) : null}
      onSubmit={submit}
      below={back}
    >
      <CodeField ref={field} value={code} onChange={setCode} error={missing ? t("signIn.codeMissing") : null} hint={t("signIn.codeLost")} />
    </Form>
  );
}
