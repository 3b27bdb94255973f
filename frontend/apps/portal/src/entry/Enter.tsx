/** The page that the mailed link opens. It asks first: whoever only follows links, as mail scanners do, enters nothing. */
import type { PortalSession } from "@frontdesk/api";
import { useState } from "preact/hooks";
import { CallFailed } from "../api";
import { failureText } from "../shared/failure";
import { go } from "../shell/route";
import { useScene } from "../shell/scene";
import { wanted } from "../shell/wanted";
import { Card } from "./Card";

interface EnterProps {
  token: string;
  onEntered: (session: PortalSession) => void;
}

export function Enter({ token, onEntered }: EnterProps) {
  const { t, client } = useScene();
  const [busy, setBusy] = useState(false);
  const [gone, setGone] = useState(token === "");
  const [failure, setFailure] = useState("");
  const enter = async () => {
    setBusy(true);
    setFailure("");
    try {
      const session = await client.enter(token);
      // The token leaves the address bar and the history with the page.
      go(wanted(), { replace: true });
      onEntered(session);
    } catch (error) {
      setBusy(false);
      if (error instanceof CallFailed && (error.status === 401 || error.status === 422)) setGone(true);
      else setFailure(failureText(t, error));
    }
  };
  if (gone) return <Gone />;
  return (
    <Card title={t.enterTitle} text={t.enterWhy}>
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      <button type="button" class="primary" disabled={busy} onClick={enter}>
        {busy ? t.entering : t.enter}
      </button>
    </Card>
  );
}

function Gone() {
  const { t } = useScene();
  return (
    <Card title={t.linkGone} text={t.linkGoneWhy}>
      <button type="button" class="primary" onClick={() => go({ page: "list" }, { replace: true })}>
        {t.newLink}
      </button>
    </Card>
  );
}
