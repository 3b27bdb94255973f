/** The way in: an e-mail address, and then a look into the mail. */
import { useEffect, useRef, useState } from "preact/hooks";
import { CallFailed } from "../api";
import { failureText } from "../shared/failure";
import { MailIcon } from "../shared/Icons";
import { useScene } from "../shell/scene";
import { Card } from "./Card";

export function SignIn({ ended }: { ended: boolean }) {
  const { t, language, client } = useScene();
  const [email, setEmail] = useState("");
  const [mailed, setMailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const ask = async () => {
    setBusy(true);
    setFailure("");
    try {
      await client.askForLink(email.trim(), language);
      setMailed(true);
    } catch (error) {
      setFailure(error instanceof CallFailed && error.status === 422 ? t.emailWrong : failureText(t, error));
    }
    setBusy(false);
  };
  if (mailed) return <Mailed email={email.trim()} busy={busy} failure={failure} onAgain={ask} onOther={() => setMailed(false)} />;
  return (
    <Card title={t.signInTitle} text={t.signInWhy} note={ended ? t.sessionEnded : ""}>
      <EmailForm email={email} busy={busy} failure={failure} onEmail={setEmail} onSubmit={ask} />
    </Card>
  );
}

interface EmailFormProps {
  email: string;
  busy: boolean;
  failure: string;
  onEmail: (email: string) => void;
  onSubmit: () => void;
}

function EmailForm({ email, busy, failure, onEmail, onSubmit }: EmailFormProps) {
  const { t } = useScene();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [failure]);
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      <label for="email">{t.email}</label>
      <input
        ref={field}
        id="email"
        type="email"
        autocomplete="email"
        inputMode="email"
        maxLength={320}
        placeholder={t.emailHint}
        value={email}
        aria-invalid={failure !== ""}
        aria-describedby={failure ? "email-failure" : undefined}
        onInput={(event) => onEmail(event.currentTarget.value)}
      />
      {failure && (
        <p id="email-failure" class="failure" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" class="primary" disabled={busy || email.trim() === ""}>
        {busy ? t.sending : t.sendLink}
      </button>
    </form>
  );
}

interface MailedProps {
  email: string;
  busy: boolean;
  failure: string;
  onAgain: () => void;
  onOther: () => void;
}

function Mailed({ email, busy, failure, onAgain, onOther }: MailedProps) {
  const { t } = useScene();
  return (
    <Card title={t.mailed} text={t.mailedTo(email)} icon={<MailIcon size={20} />}>
      <p class="muted">{t.mailedHint}</p>
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      <div class="row">
        <button type="button" class="secondary" disabled={busy} onClick={onAgain}>
          {busy ? t.sending : t.sendAgain}
        </button>
        <button type="button" class="secondary" onClick={onOther}>
          {t.otherEmail}
        </button>
      </div>
    </Card>
  );
}
