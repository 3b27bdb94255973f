import { useSpeech } from "@frontdesk/i18n";
import { EmptyState } from "@frontdesk/ui";
import { useMe } from "../data/me";
import { Page } from "../shared/Page";
import { PasswordPanel } from "./PasswordPanel";
import { SecondStepPanel } from "./SecondStepPanel";
import { SessionsPanel } from "./SessionsPanel";

/** How a person signs in, and where they are signed in. */
export function AccountPage() {
  const { t, label } = useSpeech();
  const person = useMe()?.person;
  if (!person) {
    return (
      <Page title={t("account.title")}>
        <EmptyState className="flex-1" title={t("account.operator")} />
      </Page>
    );
  }
  return (
    <Page title={t("account.title")} hint={`${person.name} · ${person.email} · ${label("role", person.role)}`}>
      <div className="flex flex-col gap-4">
        <SecondStepPanel hasApp={person.has_totp} />
        <SessionsPanel />
        <PasswordPanel email={person.email} />
      </div>
    </Page>
  );
}
