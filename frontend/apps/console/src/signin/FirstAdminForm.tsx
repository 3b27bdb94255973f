import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { TextField } from "@frontdesk/ui";
import { EmailField, emailFault } from "../shared/EmailField";
import { NewPassword } from "../shared/NewPassword";
import { broken } from "../shared/passwordRules";
import { Form, useFirstFocus } from "./Form";
import type { LinkFormProps } from "./PasswordByLinkForm";

interface Admin {
  name: string;
  email: string;
  password: string;
}

interface FirstAdminFormProps extends LinkFormProps {
  onSubmit: (admin: Admin) => void;
}

type Faults = Partial<Record<keyof Admin, string>>;

export function FirstAdminForm({ busy, wait, problem, onSubmit }: FirstAdminFormProps) {
  const { t } = useSpeech();
  const [admin, setAdmin] = useState<Admin>({ name: "", email: "", password: "" });
  const [faults, setFaults] = useState<Faults>({});
  const first = useFirstFocus<HTMLInputElement>();
  const set = (parts: Partial<Admin>) => setAdmin((known) => ({ ...known, ...parts }));
  const submit = () => {
    const found = faultsOf(admin, t);
    setFaults(found);
    if (Object.keys(found).length === 0) onSubmit({ ...admin, name: admin.name.trim(), email: admin.email.trim() });
  };
  return (
    <Form submit={t("signIn.makeFirst")} busy={busy} wait={wait} problem={problem} onSubmit={submit}>
      <TextField
        ref={first}
        label={t("signIn.name")}
        hint={t("signIn.nameHint")}
        autoComplete="name"
        required
        maxLength={200}
        value={admin.name}
        error={faults.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <EmailField value={admin.email} onChange={(email) => set({ email })} error={faults.email} />
      <NewPassword
        value={admin.password}
        email={admin.email.trim()}
        error={faults.password ?? null}
        onChange={(password) => set({ password })}
      />
    </Form>
  );
}

function faultsOf({ name, email, password }: Admin, t: ReturnType<typeof useSpeech>["t"]): Faults {
  const faults: Faults = {};
  if (!name.trim()) faults.name = t("signIn.nameMissing");
  const odd = emailFault(email, t);
  if (odd) faults.email = odd;
  if (broken(password, email.trim()).length > 0) faults.password = t("signIn.breaksRules");
  return faults;
}
