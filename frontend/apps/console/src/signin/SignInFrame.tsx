import { useQuery } from "@tanstack/react-query";
import { Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { LANGUAGE_NAMES, LANGUAGE_SHORT, LANGUAGES, switchLanguage, useSpeech } from "@frontdesk/i18n";
import { cx, IconButton, setTheme, useTheme } from "@frontdesk/ui";
import { deskQuery } from "../data/queries";
import { usePageTitle } from "../shared/usePageTitle";

/** The page around each step: whose desk this is, what is asked, and how the page looks and speaks. */
export function SignInFrame({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  const { t, language } = useSpeech();
  const { data: desk } = useQuery(deskQuery(language));
  const name = desk?.name ?? "Frontdesk";
  usePageTitle(title);
  return (
    <div className="signin relative flex h-full flex-col overflow-x-hidden overflow-y-auto">
      <header className="flex shrink-0 items-center gap-3 px-5 py-4 md:px-8 md:py-6">
        <img src="/console/mark.svg" alt="" width={32} height={32} />
        <p className="min-w-0 flex-1 truncate text-14 font-semibold">{name}</p>
        <Looks />
      </header>
      <main className="mx-auto flex w-full max-w-[448px] flex-1 flex-col justify-center px-5 pt-4 pb-16 md:pb-28">
        <div className="signin-card">
          <h1 className="text-28 font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">{title}</h1>
          {hint ? <div className="mt-2 text-14 text-pretty text-muted">{hint}</div> : null}
          {children}
        </div>
      </main>
      <p className="sr-only">{t("signIn.to", { desk: name })}</p>
    </div>
  );
}

function Looks() {
  const { t, language } = useSpeech();
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  const Icon = theme === "dark" ? Sun : Moon;
  return (
    <div className="flex items-center gap-1">
      <div role="group" aria-label={t("settings.language")} className="flex">
        {LANGUAGES.map((value) => (
          <button
            key={value}
            type="button"
            lang={value}
            aria-label={`${LANGUAGE_SHORT[value]}, ${LANGUAGE_NAMES[value]}`}
            aria-pressed={language === value}
            onClick={() => void switchLanguage(value)}
            className={cx(
              "flex h-9 min-w-9 items-center justify-center rounded-sm px-2 text-12 font-medium transition-colors max-md:h-11 max-md:min-w-11",
              language === value ? "text-ink" : "text-muted hover:text-ink",
            )}
          >
            {LANGUAGE_SHORT[value]}
          </button>
        ))}
      </div>
      <IconButton label={`${t("settings.theme")}: ${t(`settings.${other}`)}`} onClick={() => setTheme(other)}>
        <Icon size={18} aria-hidden />
      </IconButton>
    </div>
  );
}
