import { useState } from "react";
import type { TotpSetup } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Sheet } from "@frontdesk/ui";
import { access } from "../data/client";
import { CodeField, isCode } from "../shared/CodeField";
import { CopyText } from "../shared/CopyText";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";
import { ProofForm } from "./ProofForm";
import { QrCode } from "./QrCode";

interface AppSheetProps {
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Sets up an authenticator app: the password, the code to scan, and the app's first answer. */
export function AppSheet({ open, onClose, onDone }: AppSheetProps) {
  const { t } = useSpeech();
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [isOn, setOn] = useState(false);
  const close = () => {
    setSetup(null);
    setOn(false);
    onClose();
  };
  return (
    <Sheet open={open} onOpenChange={(next) => (next ? undefined : close())} title={t("account.app")} closeLabel={t("common.close")} className="sm:w-[440px]">
      <div className="p-5">
        {isOn ? (
          <div className="flex flex-col items-start gap-4">
            <p role="status" className="text-14 text-pretty">
              {t("account.appOn")}
            </p>
            <Button onClick={close}>{t("common.close")}</Button>
          </div>
        ) : setup ? (
          <FirstCode
            setup={setup}
            onDone={() => {
              setOn(true);
              onDone();
            }}
          />
        ) : (
          <ProofForm act={(password) => access.beginApp(password)} onDone={setSetup} submit={t("account.next")} />
        )}
      </div>
    </Sheet>
  );
}

function FirstCode({ setup, onDone }: { setup: TotpSetup; onDone: () => void }) {
  const { t } = useSpeech();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const attempt = useAttempt((given: string) => access.turnOnApp(setup.setup, given), onDone);
  const words = { validation_error: t("signIn.codeWrong"), unauthorized: t("account.setupLate") };
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(!isCode(code));
        if (isCode(code)) attempt.run(code);
      }}
    >
      <p className="text-14 text-pretty">{t("account.scan")}</p>
      <QrCode text={setup.uri} label={t("account.qr")} />
      <div className="flex flex-col gap-1.5">
        <p className="text-13 text-muted">{t("account.secret")}</p>
        <CopyText label={t("account.secret")} text={setup.secret} />
      </div>
      <CodeField value={code} onChange={setCode} error={missing ? t("signIn.codeMissing") : null} />
      <Refusal error={attempt.error} words={words} />
      <Button type="submit" variant="primary" disabled={attempt.busy || attempt.wait > 0} aria-busy={attempt.busy} className="self-start">
        {t("account.turnOn")}
      </Button>
    </form>
  );
}
