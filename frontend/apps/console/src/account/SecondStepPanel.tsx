import { useQueryClient } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import { useRef, useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Chip } from "@frontdesk/ui";
import { access } from "../data/client";
import { meQuery } from "../data/me";
import { Panel } from "../shared/Page";
import { AppSheet } from "./AppSheet";
import { Passkeys } from "./Passkeys";
import { PasswordConfirm } from "./PasswordConfirm";

/** What is asked for after the password. */
export function SecondStepPanel({ hasApp }: { hasApp: boolean }) {
  const { t } = useSpeech();
  return (
    <Panel title={t("account.second")} hint={t("account.secondHint")}>
      <App isOn={hasApp} />
      <Passkeys />
    </Panel>
  );
}

function App({ isOn }: { isOn: boolean }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [asking, setAsking] = useState<"set up" | "remove" | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const changed = () => client.invalidateQueries({ queryKey: meQuery.queryKey, exact: true });
  return (
    <div className="flex items-center gap-3 pb-4 max-sm:flex-wrap">
      <Smartphone size={20} aria-hidden className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          {t("account.app")}
          <Chip tone={isOn ? "ai" : "quiet"}>{t(isOn ? "account.on" : "account.off")}</Chip>
        </p>
        <p className="text-12 text-muted">{t("account.appHint")}</p>
      </div>
      <Button ref={button} size="sm" onClick={() => setAsking(isOn ? "remove" : "set up")}>
        {t(isOn ? "account.remove" : "account.setUp")}
      </Button>
      <AppSheet open={asking === "set up"} onClose={() => setAsking(null)} onDone={() => void changed()} />
      <PasswordConfirm
        open={asking === "remove"}
        title={t("account.removeApp")}
        confirmLabel={t("account.remove")}
        act={(password) => access.removeApp(password)}
        onDone={() => {
          setAsking(null);
          void changed();
        }}
        onCancel={() => setAsking(null)}
        fallback={button}
      >
        {t("account.removeAppText")}
      </PasswordConfirm>
    </div>
  );
}
