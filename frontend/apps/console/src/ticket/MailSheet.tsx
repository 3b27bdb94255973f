import { useState, type ReactNode } from "react";
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
    >
      {mail ? (
        <MailView mail={mail} html={view === "html" ? mail.html_url : null}>
          {mail.html_url && mail.text ? <ViewSwitch view={view} onChange={setView} /> : null}
        </MailView>
      ) : null}
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

interface MailViewProps {
  mail: EscalationMail;
  /** Where the HTML is, while that is what is to be shown. */
  html: string | null;
  /** The switch between the two. */
  children: ReactNode;
}

/** The HTML may hold a customer's words: it runs no script and reaches nothing; its links open tabs of their own. */
function MailView({ mail, html, children }: MailViewProps) {
  const { t } = useSpeech();
  return (
    <div className="flex min-h-full flex-col">
      <div className="border-b border-hairline px-5 py-3">
        {mail.to ? (
          <dl>
            <Fact name={t("context.recipient")}>{mail.to}</Fact>
          </dl>
        ) : null}
        {mail.subject ? <p className="pt-1 text-14 font-medium [overflow-wrap:anywhere]">{mail.subject}</p> : null}
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          {children}
          {html ? <p className="text-12 text-muted">{t("context.mailLinks")}</p> : null}
        </div>
      </div>
      {html ? (
        <iframe
          title={t("context.mailTitle")}
          src={html}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          className="min-h-[480px] w-full flex-1 border-0 bg-[white]"
        />
      ) : (
        <pre className="p-5 font-mono text-13 [overflow-wrap:anywhere] whitespace-pre-wrap">{mail.text}</pre>
      )}
    </div>
  );
}
