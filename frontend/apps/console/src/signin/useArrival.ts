import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import type { SignedIn } from "@frontdesk/api";
import { forgetPerson, takeOver } from "../data/me";
import { hearOtherTabs, tellOtherTabs } from "../data/otherTabs";
import { isOfConsole, safeNext } from "./next";

/** What happens once somebody is in: the page takes them over and leads where they wanted to go. */
export function useArrival() {
  const client = useQueryClient();
  const { history } = useRouter();
  const { next } = useSearch({ from: "/sign-in" });
  const goOn = useCallback(() => {
    const url = safeNext(next);
    if (isOfConsole(url)) history.replace(url.pathname + url.search + url.hash);
    else location.replace(url);
  }, [history, next]);
  useEffect(
    () =>
      hearOtherTabs((news) => {
        if (news !== "in") return;
        forgetPerson(client);
        goOn();
      }),
    [client, goOn],
  );
  const arrive = useCallback(
    (answer: SignedIn) => {
      takeOver(client, answer);
      tellOtherTabs("in");
      goOn();
    },
    [client, goOn],
  );
  return { arrive, goOn };
}
