import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { deskQuery } from "../data/queries";

/** What the tab and a screen reader call the page: where one is, then whose desk it is. */
export function usePageTitle(title: string): void {
  const { language } = useSpeech();
  const { data: desk } = useQuery(deskQuery(language));
  const name = desk?.name ?? "Frontdesk";
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}
