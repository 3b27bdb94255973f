import type { Ref } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { TextField } from "@frontdesk/ui";

interface EmailFieldProps {
  value: string;
  onChange: (email: string) => void;
  error: string | null | undefined;
  /** Of the person themselves, for password managers; else of somebody else. */
  autoComplete?: "username" | "off";
  ref?: Ref<HTMLInputElement>;
}

export function EmailField({ value, onChange, error, autoComplete = "username", ref }: EmailFieldProps) {
  const { t } = useSpeech();
  return (
    <TextField
      ref={ref}
      label={t("signIn.email")}
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={320}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** What is wrong with an address as it was typed; whether it is somebody's, only the mailbox tells. */
export function emailFault(email: string, t: ReturnType<typeof useSpeech>["t"]): string | null {
  if (/^[^@\s<>,;"]+@[^@\s<>,;"]+$/.test(email.trim())) return null;
  return t(email.trim() ? "signIn.emailOdd" : "signIn.emailMissing");
}
