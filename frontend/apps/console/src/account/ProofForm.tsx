import { useState, type ReactNode } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, PasswordField } from "@frontdesk/ui";
import { attemptText, useAttempt } from "../shared/useAttempt";

interface ProofFormProps<Result> {
  act: (password: string) => Promise<Result>;
  onDone: (result: Result) => void;
  submit: string;
  /** Words for what only this act can answer. */
  words?: Record<string, string>;
  /** Says what is missing beside the password. */
  check?: () => boolean;
  /** Text for errors that are not the server's. */
  explain?: (error: Error) => string | null;
  children?: ReactNode;
}

/** The password once more, before something of how one signs in is changed. */
export function ProofForm<Result>({ act, onDone, submit, words, check, explain, children }: ProofFormProps<Result>) {
  const { t } = useSpeech();
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const attempt = useAttempt(act, onDone);
  const problem = attempt.error
    ? (explain?.(attempt.error) ?? attemptText(attempt.error, t, { forbidden: t("account.wrongPassword"), ...words }))
    : null;
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(password === "");
        if ((check?.() ?? true) && password !== "") attempt.run(password);
      }}
    >
      {children}
      <PasswordField
        label={t("account.yourPassword")}
        hint={t("account.proof")}
        showLabel={t("signIn.show")}
        autoComplete="current-password"
        required
        value={password}
        error={missing ? t("signIn.passwordMissing") : null}
        onChange={(event) => setPassword(event.target.value)}
      />
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
      <Button type="submit" variant="primary" disabled={attempt.busy || attempt.wait > 0} aria-busy={attempt.busy} className="self-start">
        {submit}
      </Button>
    </form>
  );
}
