import { useState } from "react";
import type { EscalationMail } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Fact, Segmented, Sheet } from "@frontdesk/ui";

interface MailSheetProps {
  mail: EscalationMail | null;
  onClose: () => void;
}

/** The escalation e-mail as its recipient sees it. */
export function MailSheet({ mail, onClose }: MailSheetProps) {
  const { t } = useSpeech();
  const [view, setView] = useState("html");
  return (
    <Sheet
      open={mail !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("context.mailTitle")}
      closeLabel={t("common.close")}
      className="sm:w-[720px]"
      aside={mail?.html_url && mail.text ? <ViewSwitch view={view} onChange={setView} /> : null}
    >
      {mail ? <MailView mail={mail} html={view === "html" ? mail.html_url : null} /> : null}
    </Sheet>
  );
}

function ViewSwitch({ view, onChange }: { view: string; onChange: (view: string) => void }) {
  const { t } = useSpeech();
  return (
    <Segmented
      label={t("context.mailTitle")}
      value={view}
      onChange={onChange}
      options={[
        { value: "html", label: t("context.asHtml") },
        { value: "text", label: t("context.asText") },
      ]}
    />
  );
}

/** The HTML may hold a customer's words: it runs no script and reaches nothing. */
function MailView({ mail, html }: { mail: EscalationMail; html: string | null }) {
  const { t } = useSpeech();
  return (
    <div className="flex min-h-full flex-col">
      <dl className="border-b border-hairline px-5 py-3">
        {mail.to ? <Fact name={t("context.recipient")}>{mail.to}</Fact> : null}
        {mail.subject ? <p className="pt-1 text-14 font-medium [overflow-wrap:anywhere]">{mail.subject}</p> : null}
      </dl>
      {html ? (
        <iframe
          title={t("context.mailTitle")}
          src={html}
          sandbox=""
          referrerPolicy="no-referrer"
          className="min-h-[480px] w-full flex-1 border-0 bg-[white]"
        />
      ) : (
        <pre className="p-5 font-mono text-13 [overflow-wrap:anywhere] whitespace-pre-wrap">{mail.text}</pre>
      )}
    </div>
  );
}
