import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, PasswordField } from "@frontdesk/ui";
import { access } from "../data/client";
import { NewPassword } from "../shared/NewPassword";
import { Panel } from "../shared/Page";
import { broken } from "../shared/passwordRules";
import { Refusal } from "../shared/Refusal";
import { useAttempt, waitText } from "../shared/useAttempt";
import { sessionsKey } from "./queries";

interface Faults {
  old?: string;
  next?: string;
}

/** `email` is for password managers, which otherwise do not know whose password changes. */
export function PasswordPanel({ email }: { email: string }) {
  const { t } = useSpeech();
  const form = usePasswordChange(email);
  return (
    <Panel title={t("account.password")}>
      <form noValidate className="flex max-w-[408px] flex-col gap-4" onSubmit={form.submit}>
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={t("account.oldPassword")}
          showLabel={t("signIn.show")}
          autoComplete="current-password"
          required
          value={form.old}
          error={form.faults.old}
          onChange={(event) => form.setOld(event.target.value)}
        />
        <NewPassword value={form.next} email={email} onChange={form.setNext} error={form.faults.next ?? null} />
        <Refusal error={form.error} words={{ forbidden: t("account.wrongPassword"), validation_error: t("signIn.breaksRules") }} />
        <p role="status" className="text-13 text-muted empty:hidden">
          {form.isDone ? t("account.changed") : null}
        </p>
        <Button type="submit" disabled={form.busy || form.wait > 0} aria-busy={form.busy} className="self-start">
          {form.wait > 0 ? t("signIn.waitFor", { time: waitText(form.wait, t) }) : t("account.change")}
        </Button>
      </form>
    </Panel>
  );
}

function usePasswordChange(email: string) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [faults, setFaults] = useState<Faults>({});
  const [isDone, setDone] = useState(false);
  const { run, ...attempt } = useAttempt(
    () => access.changePassword(old, next),
    () => {
      setOld("");
      setNext("");
      setDone(true);
      void client.invalidateQueries({ queryKey: sessionsKey });
    },
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const found: Faults = {
      ...(old ? {} : { old: t("signIn.passwordMissing") }),
      ...(broken(next, email).length > 0 ? { next: t("signIn.breaksRules") } : {}),
    };
    setFaults(found);
    setDone(false);
    if (Object.keys(found).length === 0) run(undefined);
  };
  return { ...attempt, old, setOld, next, setNext, faults, isDone, submit };
}
