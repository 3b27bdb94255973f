import { useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useRef, useState, type RefObject } from "react";
import type { Passkey } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { access } from "../data/client";
import { meQuery } from "../data/me";
import { passkeyHindrance } from "../shared/passkey";
import { PasskeySheet } from "./PasskeySheet";
import { PasswordConfirm } from "./PasswordConfirm";
import { passkeysQuery } from "./queries";

export function Passkeys() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const { data: passkeys = [] } = useQuery(passkeysQuery);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const hindrance = passkeyHindrance();
  const changed = () => {
    setAdding(false);
    setRemoving(null);
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  return (
    <div className="border-t border-hairline pt-4">
      <div className="flex items-center gap-3 max-sm:flex-wrap">
        <KeyRound size={20} aria-hidden className="shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <p className="text-13 font-medium">{t("account.passkeys")}</p>
          <p className="text-12 text-pretty text-muted">
            {hindrance ? t(hindrance === "address" ? "account.passkeyNeeds" : "account.passkeyBrowser") : t("account.passkeysHint")}
          </p>
        </div>
        {hindrance ? null : (
          <Button ref={add} size="sm" onClick={() => setAdding(true)}>
            {t("account.addPasskey")}
          </Button>
        )}
      </div>
      <PasskeyList passkeys={passkeys} onRemove={setRemoving} />
      <PasskeySheet open={adding} onClose={() => setAdding(false)} onDone={changed} />
      <RemovePasskey passkey={removing} onDone={changed} onCancel={() => setRemoving(null)} fallback={add} />
    </div>
  );
}

interface RemovePasskeyProps {
  passkey: Passkey | null;
  onDone: () => void;
  onCancel: () => void;
  fallback: RefObject<HTMLElement | null>;
}

function RemovePasskey({ passkey, ...rest }: RemovePasskeyProps) {
  const { t } = useSpeech();
  return (
    <PasswordConfirm
      open={passkey !== null}
      title={t("account.removePasskeyTitle", { name: passkey?.name ?? "" })}
      confirmLabel={t("account.remove")}
      act={(password) => access.removePasskey(passkey?.passkey_id ?? "", password)}
      {...rest}
    >
      {t("account.removePasskeyText")}
    </PasswordConfirm>
  );
}

function PasskeyList({ passkeys, onRemove }: { passkeys: Passkey[]; onRemove: (passkey: Passkey) => void }) {
  const { t, moment } = useSpeech();
  if (passkeys.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-col pl-8">
      {passkeys.map((passkey) => (
        <li key={passkey.passkey_id} className="flex items-center gap-3 py-2">
          <div className="min-w-0 flex-1">
            <p className="text-13 [overflow-wrap:anywhere]">{passkey.name}</p>
            <p className="text-12 text-muted">
              {passkey.used_at ? t("account.used", { when: moment(passkey.used_at) }) : t("account.neverUsed")}
            </p>
          </div>
          <Button size="sm" variant="ghost" aria-label={t("account.removePasskey", { name: passkey.name })} onClick={() => onRemove(passkey)}>
            {t("account.remove")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
