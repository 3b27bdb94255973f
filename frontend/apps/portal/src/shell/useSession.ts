/** Who is signed in: asked once, and told wherever a call finds that the session has ended. */
import type { PortalSession } from "@frontdesk/api";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { PortalClient } from "../api";

export type SessionState =
  | { is: "unknown" }
  | { is: "failed" }
  | { is: "out"; ended: boolean }
  | { is: "in"; session: PortalSession };

export interface SessionKeeper {
  state: SessionState;
  begin: (session: PortalSession) => void;
  leave: () => Promise<void>;
  look: () => void;
}

export function useSession(client: PortalClient): SessionKeeper {
  const [state, setState] = useState<SessionState>({ is: "unknown" });
  const look = useCallback(() => {
    setState({ is: "unknown" });
    client.session().then(
      (session) => setState(session === null ? { is: "out", ended: false } : { is: "in", session }),
      () => setState({ is: "failed" }),
    );
  }, [client]);
  useEffect(() => {
    client.onEnded = () => setState({ is: "out", ended: true });
    look();
  }, [client, look]);
  const leave = async () => {
    // Where the desk cannot be reached the cookie stays: then nobody is told that they are out.
    await client.leave();
    setState({ is: "out", ended: false });
  };
  return { state, begin: (session) => setState({ is: "in", session }), leave, look };
}
