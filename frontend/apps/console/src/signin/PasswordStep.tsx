import { useState } from "react";
import type { SecondFactor, SignedIn } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { PasswordField } from "@frontdesk/ui";
import { access } from "../data/client";
import { EmailField, emailFault } from "../shared/EmailField";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { Form, TEXT_LINK, useFirstFocus } from "./Form";
import { SingleSignOn } from "./SingleSignOn";
import { SignInFrame } from "./SignInFrame";

export type Notice = "ended" | "late";

interface PasswordStepProps {
  notice: Notice | null;
  onAnswer: (answer: SignedIn | SecondFactor) => void;
  onForgotten: (email: string) => void;
}

export function PasswordStep({ notice, onAnswer, onForgotten }: PasswordStepProps) {
  const { t } = useSpeech();
  const form = usePasswordForm(onAnswer);
  const first = useFirstFocus<HTMLInputElement>();
  return (
    <SignInFrame title={t("signIn.title")}>
      <Form
        submit={t("signIn.submit")}
        busy={form.busy}
        wait={form.wait}
        notice={notice ? t(notice === "ended" ? "signIn.ended" : "signIn.codeLate") : null}
        problem={form.error ? attemptText(form.error, t, { unauthorized: t("signIn.wrong") }) : null}
        onSubmit={form.submit}
        below={<SingleSignOn />}
      >
        <EmailField ref={first} value={form.email} onChange={form.setEmail} error={form.faults.email} />
        <PasswordField
          label={t("signIn.password")}
          showLabel={t("signIn.show")}
          autoComplete="current-password"
          required
          value={form.password}
          error={form.faults.password}
          onChange={(event) => form.setPassword(event.target.value)}
          aside={
            <button type="button" className={`${TEXT_LINK} max-md:-my-3`} onClick={() => onForgotten(form.email)}>
              {t("signIn.forgot")}
            </button>
          }
        />
      </Form>
    </SignInFrame>
  );
}

interface Faults {
  email: string | null;
  password: string | null;
}

function usePasswordForm(onAnswer: PasswordStepProps["onAnswer"]) {
  const { t } = useSpeech();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState<Faults>({ email: null, password: null });
  const { run, ...attempt } = useAttempt(() => access.signIn(email.trim(), password), onAnswer);
  const submit = () => {
    const found = { email: emailFault(email, t), password: password ? null : t("signIn.passwordMissing") };
    setFaults(found);
    if (!found.email && !found.password) run(undefined);
  };
  return { ...attempt, email, setEmail, password, setPassword, faults, submit };
}
