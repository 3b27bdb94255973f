import { useEffect, useState } from "preact/hooks";
import type { PortalClient } from "./api";
import { Enter } from "./entry/Enter";
import { SignIn } from "./entry/SignIn";
import { Notice, Skeletons } from "./shared/Notice";
import { Header } from "./shell/Header";
import { type Route, useRoute } from "./shell/route";
import { SceneContext, useNewScene, useScene } from "./shell/scene";
import { type SessionKeeper, useSession } from "./shell/useSession";
import { want } from "./shell/wanted";
import { Desk } from "./tickets/Desk";

export function App({ client }: { client: PortalClient }) {
  const scene = useNewScene(client);
  const keeper = useSession(client);
  const route = useRoute();
  const desk = useDeskName();
  const { state } = keeper;
  return (
    <SceneContext.Provider value={scene}>
      <Header desk={desk} email={state.is === "in" ? state.session.email : null} onLeave={() => void keeper.leave().catch(keeper.look)} />
      <Page route={route} keeper={keeper} />
    </SceneContext.Provider>
  );
}

function Page({ route, keeper }: { route: Route; keeper: SessionKeeper }) {
  const { t } = useScene();
  const { state } = keeper;
  useEffect(() => {
    if (state.is === "out") want(route);
  }, [state, route]);
  if (route.page === "enter") return <Enter key={route.token} token={route.token} onEntered={keeper.begin} />;
  switch (state.is) {
    case "in":
      return <Desk key={state.session.email} route={route} />;
    case "out":
      return <SignIn ended={state.ended} />;
    case "unknown":
      return (
        <main class="card-page">
          <Skeletons count={3} label={t.loading} />
        </main>
      );
    case "failed":
      return (
        <main class="card-page">
          <Notice alert title={t.failed} text={t.offline}>
            <button type="button" class="primary" onClick={keeper.look}>
              {t.retry}
            </button>
          </Notice>
        </main>
      );
  }
}

/** The company's name; until it is known, and where it cannot be had, the product's. */
function useDeskName(): string {
  const [name, setName] = useState("Frontdesk");
  useEffect(() => {
    fetch("/api/v1/desk")
      .then((answer) => answer.json())
      .then((about: { name?: string }) => setName(about.name ?? "Frontdesk"))
      .catch(() => undefined);
  }, []);
  return name;
}
