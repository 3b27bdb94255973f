/** What every part of the portal needs: the words in the reader's language, and the calls. */
import { chooseLanguage, type Language, storedLanguage, storeLanguage } from "@frontdesk/i18n/languages";
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { PortalClient } from "../api";
import { type Texts, TEXTS } from "../texts";

export interface Scene {
  t: Texts;
  language: Language;
  client: PortalClient;
  setLanguage: (language: Language) => void;
}

export const SceneContext = createContext<Scene | null>(null);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === null) throw new Error("there is no scene around this part");
  return scene;
}

export function useNewScene(client: PortalClient): Scene {
  const [language, choose] = useState<Language>(() => chooseLanguage(storedLanguage(), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const setLanguage = (next: Language) => {
    storeLanguage(next);
    choose(next);
  };
  return { t: TEXTS[language], language, client, setLanguage };
}
