import { ArrowLeft, MailCheck } from "lucide-react";
import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { access } from "../data/client";
import { EmailField, emailFault } from "../shared/EmailField";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { Form, TEXT_LINK, useFirstFocus } from "./Form";
import { SignInFrame } from "./SignInFrame";

interface ForgottenStepProps {
  email: string;
  onBack: () => void;
}

export function ForgottenStep({ email: known, onBack }: ForgottenStepProps) {
  const { t } = useSpeech();
  const [email, setEmail] = useState(known);
  const [missing, setMissing] = useState<string | null>(null);
  const [sent, setSent] = useState(false);
  const field = useFirstFocus<HTMLInputElement>();
  const attempt = useAttempt(() => access.mailNewPassword(email.trim()), () => setSent(true));
  if (sent) return <Sent email={email.trim()} onBack={onBack} />;
  const submit = () => {
    const found = emailFault(email, t);
    setMissing(found);
    if (!found) attempt.run(undefined);
  };
  return (
    <SignInFrame title={t("signIn.forgottenTitle")} hint={t("signIn.forgottenHint")}>
      <Form
        submit={t("signIn.send")}
        busy={attempt.busy}
        wait={attempt.wait}
        problem={attempt.error ? attemptText(attempt.error, t) : null}
        onSubmit={submit}
        below={<Back onBack={onBack} />}
      >
        <EmailField ref={field} value={email} onChange={setEmail} error={missing} />
      </Form>
    </SignInFrame>
  );
}

function Sent({ email, onBack }: ForgottenStepProps) {
  const { t } = useSpeech();
  const focus = useFirstFocus<HTMLDivElement>();
  return (
    <SignInFrame title={t("signIn.sentTitle")}>
      <div ref={focus} role="status" tabIndex={-1} className="mt-6 flex flex-col gap-3 text-14 text-pretty text-muted outline-none">
        <MailCheck size={24} aria-hidden className="text-ai" />
        <p className="[overflow-wrap:anywhere] text-ink">{t("signIn.sentText", { email })}</p>
        <p>{t("signIn.sentHint")}</p>
      </div>
      <div className="mt-6">
        <Back onBack={onBack} />
      </div>
    </SignInFrame>
  );
}

function Back({ onBack }: { onBack: () => void }) {
  const { t } = useSpeech();
  return (
    <button type="button" className={TEXT_LINK} onClick={onBack}>
      <ArrowLeft size={16} aria-hidden />
      {t("signIn.back")}
    </button>
  );
}
