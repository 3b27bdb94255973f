import { useState, type ReactNode, type RefObject } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Confirm, PasswordField } from "@frontdesk/ui";
import { attemptText, useAttempt } from "../shared/useAttempt";

interface PasswordConfirmProps {
  open: boolean;
  title: string;
  confirmLabel: string;
  act: (password: string) => Promise<undefined>;
  onDone: () => void;
  onCancel: () => void;
  fallback: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** Asks once more, and for the password: an open screen alone changes nothing of how somebody signs in. */
export function PasswordConfirm({ open, title, confirmLabel, act, onDone, onCancel, fallback, children }: PasswordConfirmProps) {
  const { t } = useSpeech();
  const [password, setPassword] = useState("");
  const attempt = useAttempt(act, () => {
    setPassword("");
    onDone();
  });
  return (
    <Confirm
      open={open}
      title={title}
      confirmLabel={confirmLabel}
      cancelLabel={t("account.cancel")}
      busy={attempt.busy || attempt.wait > 0}
      error={attempt.error ? attemptText(attempt.error, t, { forbidden: t("account.wrongPassword") }) : null}
      onConfirm={() => (password ? attempt.run(password) : undefined)}
      onCancel={() => {
        setPassword("");
        attempt.forget();
        onCancel();
      }}
      field={
        <div className="mt-4">
          <PasswordField
            label={t("account.yourPassword")}
            showLabel={t("signIn.show")}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
      }
      fallback={fallback}
    >
      {children}
    </Confirm>
  );
}
