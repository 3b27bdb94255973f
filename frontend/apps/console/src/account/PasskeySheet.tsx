import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Sheet, TextField } from "@frontdesk/ui";
import { access } from "../data/client";
import { deviceOf } from "../shared/device";
import { createPasskey, NoPasskey } from "../shared/passkey";
import { ProofForm } from "./ProofForm";

interface PasskeySheetProps {
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** The password, then the browser's own question for the passkey. */
export function PasskeySheet({ open, onClose, onDone }: PasskeySheetProps) {
  const { t } = useSpeech();
  const [name, setName] = useState(() => deviceOf(navigator.userAgent).system ?? "");
  const [missing, setMissing] = useState(false);
  const add = async (password: string) => {
    const challenge = await access.beginPasskey(password);
    return access.addPasskey(challenge.token, await createPasskey(challenge), name.trim());
  };
  return (
    <Sheet open={open} onOpenChange={(next) => (next ? undefined : onClose())} title={t("account.addPasskey")} closeLabel={t("common.close")} className="sm:w-[440px]">
      <div className="p-5">
        <ProofForm
          act={add}
          onDone={onDone}
          submit={t("account.next")}
          words={{ conflict: t("account.passkeyNone"), unauthorized: t("account.setupLate") }}
          explain={(error) => (error instanceof NoPasskey ? t("account.passkeyNone") : null)}
          check={() => {
            setMissing(name.trim() === "");
            return name.trim() !== "";
          }}
        >
          <TextField
            label={t("account.passkeyName")}
            hint={t("account.passkeyNameHint")}
            maxLength={80}
            required
            value={name}
            error={missing ? t("account.passkeyNameMissing") : null}
            onChange={(event) => setName(event.target.value)}
          />
        </ProofForm>
      </div>
    </Sheet>
  );
}
