import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, type ReactNode } from "react";
import { access, live, session } from "../data/client";
import { forgetPerson, isSignedOut, meQuery } from "../data/me";
import { hearOtherTabs } from "../data/otherTabs";
import { Shell } from "./Shell";

export const SIGN_IN_PATH = "/sign-in";

/** The frame for every page: the desk's own pages are for who is signed in. */
export function Root() {
  const atSignIn = useLocation({ select: ({ pathname }) => pathname === SIGN_IN_PATH });
  return atSignIn ? <Outlet /> : <Staff><Outlet /></Staff>;
}

/** Nothing is shown before it is known who looks. */
export function Staff({ children }: { children: ReactNode }) {
  const leave = useLeaving();
  useNews(leave);
  useFreshCookie();
  const { isPending, error } = useQuery(meQuery);
  const isOut = isSignedOut(error);
  useEffect(() => {
    if (isOut) leave();
  }, [isOut, leave]);
  if (isPending || isOut) return <div aria-busy className="h-full" />;
  return <Shell>{children}</Shell>;
}

/** To the sign-in, and back to this page afterwards. */
function useLeaving(): () => void {
  const client = useQueryClient();
  const router = useRouter();
  const isLeaving = useRef(false);
  return useCallback(() => {
    if (isLeaving.current) return;
    isLeaving.current = true;
    const wasIn = client.getQueryData(meQuery.queryKey) !== undefined;
    client.removeQueries({ queryKey: meQuery.queryKey });
    const next = router.history.location.href;
    const search = wasIn ? { next, why: "ended" as const } : { next };
    void router.navigate({ to: SIGN_IN_PATH, search, replace: true }).then(() => forgetPerson(client));
  }, [client, router]);
}

/** The sign-in ended here, elsewhere or in another tab; or there somebody signed in. */
function useNews(leave: () => void): void {
  const client = useQueryClient();
  useEffect(() => {
    const stopEnd = session.onEnd(leave);
    const stopNews = hearOtherTabs((news) => {
      if (news === "out") return session.end();
      // Perhaps somebody else: whatever is shown is asked for anew, and the socket too.
      void client.invalidateQueries();
      live.stop();
      live.start();
    });
    return () => {
      stopEnd();
      stopNews();
    };
  }, [client, leave]);
}

/** The access cookie lasts ten minutes. Calls renew it when refused; links to files and mails cannot. */
const RENEW_EVERY_MS = 5 * 60_000;

function useFreshCookie(): void {
  const { data: me } = useQuery(meQuery);
  const isPerson = Boolean(me?.person);
  useEffect(() => {
    if (!isPerson) return;
    const renew = () => {
      if (!document.hidden) void access.renew().catch(() => undefined);
    };
    const timer = setInterval(renew, RENEW_EVERY_MS);
    return () => clearInterval(timer);
  }, [isPerson]);
}
