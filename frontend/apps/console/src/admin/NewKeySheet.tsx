import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PERMISSIONS, type MadeApiKey, type Permission } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Segmented, Sheet, TextField } from "@frontdesk/ui";
import { admin } from "../data/client";
import { CopyText } from "../shared/CopyText";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";
import { permissionKey } from "./permissionKey";
import { keysQuery } from "./queries";

export function NewKeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Sheet open={open} onOpenChange={(next) => (next ? undefined : onClose())} title={t("apiKeys.create")} closeLabel={t("common.close")} className="sm:w-[480px]">
      <div className="p-5">
        <NewKey onClose={onClose} />
      </div>
    </Sheet>
  );
}

const NEVER = "never";

/** Drawn anew with each opening: a key that was shown is gone with it. */
function NewKey({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [made, setMade] = useState<MadeApiKey | null>(null);
  if (made) return <Made made={made} onClose={onClose} />;
  return (
    <NewKeyForm
      onMade={(key) => {
        setMade(key);
        void client.invalidateQueries({ queryKey: keysQuery.queryKey });
      }}
    />
  );
}

function NewKeyForm({ onMade }: { onMade: (key: MadeApiKey) => void }) {
  const { t } = useSpeech();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Permission[]>([]);
  const [days, setDays] = useState("365");
  const [tried, setTried] = useState(false);
  const key = { name: name.trim(), scopes, expires_in_days: days === NEVER ? null : Number(days) };
  const attempt = useAttempt(() => admin.createKey(key), onMade);
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (key.name && scopes.length > 0) attempt.run(undefined);
      }}
    >
      <TextField
        label={t("apiKeys.name")}
        hint={t("apiKeys.nameHint")}
        required
        maxLength={200}
        value={name}
        error={tried && !key.name ? t("apiKeys.nameMissing") : null}
        onChange={(event) => setName(event.target.value)}
      />
      <Scopes chosen={scopes} onChange={setScopes} error={tried && scopes.length === 0 ? t("apiKeys.scopesMissing") : null} />
      <Lifetime days={days} onChange={setDays} />
      <Refusal error={attempt.error} />
      <Button type="submit" variant="primary" disabled={attempt.busy} aria-busy={attempt.busy} className="self-start">
        {t("apiKeys.make")}
      </Button>
    </form>
  );
}

interface ScopesProps {
  chosen: Permission[];
  error: string | null;
  onChange: (chosen: Permission[]) => void;
}

function Scopes({ chosen, error, onChange }: ScopesProps) {
  const { t, label } = useSpeech();
  const toggle = (scope: Permission) => onChange(chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope]);
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 text-13 font-medium">{t("apiKeys.scopes")}</legend>
      {PERMISSIONS.map((scope) => (
        <label key={scope} className="flex min-h-9 cursor-pointer items-center gap-3 max-md:min-h-11">
          <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} className="size-4 accent-ai" />
          <span className="min-w-0 flex-1 text-13">{label("permission", permissionKey(scope))}</span>
          <span className="font-mono text-12 text-muted">{scope}</span>
        </label>
      ))}
      {error ? (
        <p role="alert" className="text-13 text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function Lifetime({ days, onChange }: { days: string; onChange: (days: string) => void }) {
  const { t } = useSpeech();
  const options = [
    { value: "30", label: t("apiKeys.days", { n: 30 }) },
    { value: "90", label: t("apiKeys.days", { n: 90 }) },
    { value: "365", label: t("apiKeys.year") },
    { value: NEVER, label: t("apiKeys.never") },
  ];
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p aria-hidden className="text-13 font-medium">
        {t("apiKeys.expires")}
      </p>
      <div className="max-w-full overflow-x-auto">
        <Segmented label={t("apiKeys.expires")} value={days} onChange={onChange} options={options} />
      </div>
    </div>
  );
}

function Made({ made, onClose }: { made: MadeApiKey; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="flex flex-col items-start gap-4">
      <div role="status">
        <p className="text-14 font-medium [overflow-wrap:anywhere]">{t("apiKeys.made", { name: made.name })}</p>
        <p className="mt-1 text-13 text-pretty text-muted">{t("apiKeys.once")}</p>
      </div>
      <div className="w-full">
        <CopyText label={t("apiKeys.secret")} text={made.key} />
      </div>
      <Button onClick={onClose}>{t("team.done")}</Button>
    </div>
  );
}
