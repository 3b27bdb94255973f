import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { NewPassword } from "../shared/NewPassword";
import { broken } from "../shared/passwordRules";
import { Form, useFirstFocus } from "./Form";

export interface LinkFormProps {
  busy: boolean;
  wait: number;
  problem: string | null;
}

interface PasswordByLinkFormProps extends LinkFormProps {
  onSubmit: (password: string) => void;
}

/** A first password, or another in place of a lost one. */
export function PasswordByLinkForm({ busy, wait, problem, onSubmit }: PasswordByLinkFormProps) {
  const { t } = useSpeech();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  const field = useFirstFocus<HTMLInputElement>();
  const submit = () => {
    const found = broken(password).length > 0 ? t("signIn.breaksRules") : null;
    setError(found);
    if (!found) onSubmit(password);
  };
  return (
    <Form submit={t("signIn.choose")} busy={busy} wait={wait} problem={problem} onSubmit={submit}>
      <NewPassword ref={field} value={password} onChange={setPassword} error={error} />
    </Form>
  );
}
