import { useQuery } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { ApiError, type SecondFactor, type SignedIn } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { access } from "../data/client";
import { deskQuery } from "../data/queries";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { FirstAdminForm } from "./FirstAdminForm";
import { Problem } from "./Form";
import { LinkGone } from "./LinkGone";
import type { SignInLink } from "./link";
import { PasswordByLinkForm } from "./PasswordByLinkForm";
import { SignInFrame } from "./SignInFrame";

interface LinkStepProps {
  link: SignInLink;
  onAnswer: (answer: SignedIn | SecondFactor) => void;
  onForgotten: () => void;
  onBack: () => void;
}

/** Somebody came by a one-time link. */
export function LinkStep({ link, onAnswer, onForgotten, onBack }: LinkStepProps) {
  const { t, language } = useSpeech();
  const { data: desk } = useQuery(deskQuery(language));
  const attempt = useAttempt((act: () => Promise<SignedIn | SecondFactor>) => act(), onAnswer);
  const refused = attempt.error instanceof ApiError ? attempt.error : null;
  if (refused?.status === 401) return <LinkGone kind={link.kind} onForgotten={onForgotten} onBack={onBack} />;
  if (link.kind === "sign_in") return <ByItself token={link.token} attempt={attempt} />;
  const problem = attempt.error
    ? attemptText(attempt.error, t, { validation_error: t("signIn.breaksRules"), conflict: t("signIn.firstTaken") })
    : null;
  const form = { busy: attempt.busy, wait: attempt.wait, problem, onBack };
  if (link.kind === "first_admin") {
    return (
      <SignInFrame title={t("signIn.firstTitle")} hint={t("signIn.firstHint")}>
        <FirstAdminForm {...form} onSubmit={(admin) => attempt.run(() => access.makeFirstAdmin({ token: link.token, ...admin }))} />
      </SignInFrame>
    );
  }
  const invited = link.kind === "invitation";
  const hint = invited ? t("signIn.invitationHint", { desk: desk?.name ?? "Frontdesk" }) : t("signIn.resetHint");
  return (
    <SignInFrame title={t(invited ? "signIn.invitationTitle" : "signIn.resetTitle")} hint={hint}>
      <PasswordByLinkForm {...form} onSubmit={(password) => attempt.run(() => access.choosePassword(link.token, password))} />
    </SignInFrame>
  );
}

interface ByItselfProps {
  token: string;
  attempt: ReturnType<typeof useAttempt<() => Promise<SignedIn | SecondFactor>, SignedIn | SecondFactor>>;
}

function ByItself({ token, attempt }: ByItselfProps) {
  const { t } = useSpeech();
  const { run, error } = attempt;
  const go = () => run(() => access.signInByLink(token));
  // The link works once: it must not be tried twice, however often the effect runs.
  const tried = useRef("");
  useEffect(() => {
    if (tried.current === token) return;
    tried.current = token;
    run(() => access.signInByLink(token));
  });
  return (
    <SignInFrame title={t("signIn.linkTitle")}>
      <div className="mt-7 flex flex-col items-start gap-5">
        {error ? (
          <>
            <Problem>{attemptText(error, t)}</Problem>
            <Button onClick={go} disabled={attempt.wait > 0}>
              {t("common.retry")}
            </Button>
          </>
        ) : (
          <LoaderCircle size={24} aria-label={t("signIn.busy")} className="animate-spin text-muted" />
        )}
      </div>
    </SignInFrame>
  );
}
