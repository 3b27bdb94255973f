import { Check, Dot } from "lucide-react";
import type { Ref } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, PasswordField } from "@frontdesk/ui";
import { broken, LONGEST, strength, type Rule, type Strength } from "./passwordRules";

interface NewPasswordProps {
  value: string;
  onChange: (value: string) => void;
  /** Whose password it becomes, where that is known: it must not be the address. */
  email?: string;
  error?: string | null;
  ref?: Ref<HTMLInputElement>;
}

/** A password to be chosen, with the rules and how far it has come. */
export function NewPassword({ value, onChange, email = "", error, ref }: NewPasswordProps) {
  const { t } = useSpeech();
  return (
    <PasswordField
      ref={ref}
      label={t("signIn.newPassword")}
      showLabel={t("signIn.show")}
      autoComplete="new-password"
      required
      maxLength={LONGEST}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
      hint={<Progress password={value} email={email} />}
    />
  );
}

function Progress({ password, email }: { password: string; email: string }) {
  const { t } = useSpeech();
  const missing = broken(password, email);
  const rules: Rule[] = ["length", "variety", ...(email || missing.includes("notEmail") ? (["notEmail"] as const) : [])];
  return (
    <>
      <Meter strength={strength(password, email)} started={password !== ""} />
      <ul aria-label={t("signIn.rules")} className="mt-2 flex flex-col gap-1">
        {rules.map((rule) => (
          <RuleLine key={rule} rule={rule} kept={password !== "" && !missing.includes(rule)} />
        ))}
      </ul>
    </>
  );
}

function RuleLine({ rule, kept }: { rule: Rule; kept: boolean }) {
  const { t } = useSpeech();
  const words = t(`signIn.rule_${rule}`);
  const Icon = kept ? Check : Dot;
  return (
    <li className={cx("flex items-center gap-1.5 transition-colors", kept ? "text-ink" : "text-muted")}>
      <Icon size={16} aria-hidden className={cx("shrink-0", kept && "text-ai")} />
      <span aria-hidden={kept}>{words}</span>
      {kept ? <span className="sr-only">{t("signIn.rule_kept", { rule: words })}</span> : null}
    </li>
  );
}

const TONES: Record<Strength, string> = { 0: "bg-faint", 1: "bg-waiting", 2: "bg-ai", 3: "bg-ai" };

/** Three bars, and the same as a word. */
function Meter({ strength: level, started }: { strength: Strength; started: boolean }) {
  const { t } = useSpeech();
  const filled = started ? Math.max(level, 1) : 0;
  return (
    <div className="flex items-center gap-3 pt-0.5">
      <span aria-hidden className="flex flex-1 gap-1">
        {[1, 2, 3].map((bar) => (
          <span key={bar} className={cx("h-1 flex-1 rounded-full transition-colors", bar <= filled ? TONES[level] : "bg-surface-2")} />
        ))}
      </span>
      <span role="status" className="text-12 text-muted">
        {started ? t("signIn.strength", { word: t(`signIn.strength_${level}`) }) : null}
      </span>
    </div>
  );
}
