import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useSpeech } from "@frontdesk/i18n";
import { deskQuery } from "../data/queries";
import { LINK_BUTTON } from "../shared/styles";
import { Problem } from "./Form";
import { wasRefused } from "./link";
import { safeNext } from "./next";

/** The organization's own sign-in, where the desk has one; it leads away and comes back signed in. */
export function SingleSignOn() {
  const { t, language } = useSpeech();
  const { data: desk } = useQuery(deskQuery(language));
  const { next } = useSearch({ from: "/sign-in" });
  const name = desk?.single_sign_on;
  if (!name) return null;
  const { pathname, search } = safeNext(next);
  return (
    <>
      <div aria-hidden className="flex items-center gap-3 text-12 text-muted">
        <span className="h-px flex-1 bg-hairline" />
        {t("signIn.or")}
        <span className="h-px flex-1 bg-hairline" />
      </div>
      {wasRefused() ? <Problem>{t("signIn.ssoFailed", { name })}</Problem> : null}
      <a href={`/api/v1/auth/oidc/start?next=${encodeURIComponent(pathname + search)}`} className={`${LINK_BUTTON} h-11 w-full justify-center text-14`}>
        {t("signIn.sso", { name })}
      </a>
    </>
  );
}
