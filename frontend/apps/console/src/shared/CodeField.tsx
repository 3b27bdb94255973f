import type { Ref } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { TextField } from "@frontdesk/ui";

const DIGITS = 6;

export function isCode(code: string): boolean {
  return code.length === DIGITS;
}

interface CodeFieldProps {
  value: string;
  onChange: (code: string) => void;
  error: string | null;
  hint?: string;
  ref?: Ref<HTMLInputElement>;
}

/** The six digits of an authenticator app; what else is pasted with them falls away. */
export function CodeField({ value, onChange, error, hint, ref }: CodeFieldProps) {
  const { t } = useSpeech();
  return (
    <TextField
      ref={ref}
      label={t("signIn.code")}
      hint={hint}
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      placeholder="000000"
      required
      value={value}
      onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, "").slice(0, DIGITS))}
      className="font-mono text-20 tracking-[0.4em] max-md:text-20"
    />
  );
}
