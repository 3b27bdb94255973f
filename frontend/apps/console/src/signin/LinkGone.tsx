import { ArrowLeft } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { TEXT_LINK, useFirstFocus } from "./Form";
import type { LinkKind } from "./link";
import { SignInFrame } from "./SignInFrame";

interface LinkGoneProps {
  kind: LinkKind;
  onForgotten: () => void;
  onBack: () => void;
}

/** The link was used or has ended, and where another comes from. */
export function LinkGone({ kind, onForgotten, onBack }: LinkGoneProps) {
  const { t } = useSpeech();
  const focus = useFirstFocus<HTMLDivElement>();
  return (
    <SignInFrame title={t("signIn.linkGone")}>
      <div ref={focus} role="alert" tabIndex={-1} className="mt-3 flex flex-col gap-1 text-14 text-pretty text-muted outline-none">
        <p>{t("signIn.linkGoneHint")}</p>
        <p className="text-ink">{t(`signIn.gone_${kind}`)}</p>
      </div>
      <div className="mt-7 flex flex-col items-start gap-4">
        {kind === "reset" ? (
          <Button variant="primary" className="h-11 w-full text-14" onClick={onForgotten}>
            {t("signIn.sendAnother")}
          </Button>
        ) : null}
        <button type="button" className={TEXT_LINK} onClick={onBack}>
          <ArrowLeft size={16} aria-hidden />
          {t("signIn.back")}
        </button>
      </div>
    </SignInFrame>
  );
}
