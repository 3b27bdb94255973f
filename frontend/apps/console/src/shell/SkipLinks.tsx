import { useParams } from "@tanstack/react-router";
import { useSpeech } from "@frontdesk/i18n";
import { LIST_ID } from "../inbox/useListKeys";
import { CONVERSATION_ID, MAIN_ID } from "../shared/landmarks";

/** The first stops of Tab: over the rail to what one came for. Drawn only while they have the focus. */
export function SkipLinks({ inbox }: { inbox: boolean }) {
  const { t } = useSpeech();
  const { ticketId } = useParams({ strict: false });
  return (
    <>
      {ticketId ? <SkipLink to={CONVERSATION_ID}>{t("common.skipConversation")}</SkipLink> : null}
      {inbox ? <SkipLink to={LIST_ID}>{t("common.skipList")}</SkipLink> : <SkipLink to={MAIN_ID}>{t("common.skip")}</SkipLink>}
    </>
  );
}

/** A fragment in the address would be the router's to read: the focus is moved instead. */
function SkipLink({ to, children }: { to: string; children: string }) {
  return (
    <a
      href={`#${to}`}
      className="skip-link rounded-sm bg-ai px-3 py-2 text-13 font-medium text-on-ai"
      onClick={(event) => {
        event.preventDefault();
        const target = document.getElementById(to);
        const row = target?.querySelector<HTMLElement>('a[tabindex="0"]');
        (row ?? target)?.focus();
      }}
    >
      {children}
    </a>
  );
}
