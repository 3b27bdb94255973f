import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleUserRound, LogIn, LogOut, ShieldCheck } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Avatar } from "@frontdesk/ui";
import { useMay, useMe } from "../data/me";
import { failureText } from "../shared/failure";
import { useSignOut } from "./useSignOut";

const ITEM =
  "flex h-9 w-full items-center gap-2 rounded-sm px-2 text-13 text-muted transition-colors hover:bg-surface-2 hover:text-ink max-md:h-11";

/** Who is here, and what is theirs. */
export function UserPanel({ onLeave }: { onLeave: () => void }) {
  const { t, label } = useSpeech();
  const me = useMe();
  if (!me) return null;
  const { person } = me;
  const isOperator = person === null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-w-0 items-center gap-3 px-2">
        <Avatar name={isOperator ? null : me.name} />
        <div className="min-w-0">
          <p className="text-13 font-medium [overflow-wrap:anywhere]">{isOperator ? t("user.operator") : me.name}</p>
          <p className="text-12 [overflow-wrap:anywhere] text-muted">
            {person ? `${label("role", person.role)} · ${person.email}` : t("user.operatorHint")}
          </p>
        </div>
      </div>
      <div className="flex flex-col gap-0.5 border-t border-hairline pt-2">
        <AccessLink onLeave={onLeave} />
        {person ? (
          <>
            <Link to="/account" className={ITEM} onClick={onLeave}>
              <CircleUserRound size={16} aria-hidden />
              {t("nav.account")}
            </Link>
            <SignOut />
          </>
        ) : (
          <Link to="/sign-in" className={ITEM} onClick={onLeave}>
            <LogIn size={16} aria-hidden />
            {t("user.signIn")}
          </Link>
        )}
      </div>
    </div>
  );
}

/** On a phone the bar has no room for it. */
function AccessLink({ onLeave }: { onLeave: () => void }) {
  const { t } = useSpeech();
  if (!useMay("admin")) return null;
  return (
    <Link to="/team" className={`${ITEM} md:hidden`} onClick={onLeave}>
      <ShieldCheck size={16} aria-hidden />
      {t("nav.access")}
    </Link>
  );
}

function SignOut() {
  const { t } = useSpeech();
  const signOut = useMutation({ mutationFn: useSignOut(), networkMode: "always" });
  return (
    <>
      <button type="button" className={ITEM} disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        <LogOut size={16} aria-hidden />
        {t("user.signOut")}
      </button>
      {signOut.error ? (
        <p role="alert" className="px-2 text-12 text-pretty text-danger">
          {failureText(signOut.error, t)}
        </p>
      ) : null}
    </>
  );
}
