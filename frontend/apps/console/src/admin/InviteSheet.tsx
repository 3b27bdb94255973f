import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Invited } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Sheet } from "@frontdesk/ui";
import { admin } from "../data/client";
import { CopyText } from "../shared/CopyText";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";
import { draftFaults, EMPTY, fieldsOf } from "./draft";
import { PersonFields, type DraftFaults } from "./PersonFields";
import { peopleQuery } from "./queries";

export function InviteSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Sheet open={open} onOpenChange={(next) => (next ? undefined : onClose())} title={t("team.inviteTitle")} closeLabel={t("common.close")}>
      <div className="p-5">
        <Invitation onClose={onClose} />
      </div>
    </Sheet>
  );
}

/** Drawn anew with each opening, and empty then. */
function Invitation({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY);
  const [faults, setFaults] = useState<DraftFaults>({});
  const [invited, setInvited] = useState<Invited | null>(null);
  const attempt = useAttempt(() => admin.invite(fieldsOf(draft)), (answer) => {
    setInvited(answer);
    void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
  });
  if (invited) return <InvitationLink invited={invited} onClose={onClose} />;
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const found = draftFaults(draft, t);
        setFaults(found);
        if (Object.keys(found).length === 0) attempt.run(undefined);
      }}
    >
      <PersonFields draft={draft} faults={faults} onChange={(parts) => setDraft((known) => ({ ...known, ...parts }))} />
      <Refusal error={attempt.error} words={{ conflict: t("team.taken"), validation_error: t("signIn.emailOdd") }} />
      <Button type="submit" variant="primary" disabled={attempt.busy} aria-busy={attempt.busy} className="self-start">
        {t("team.send")}
      </Button>
    </form>
  );
}

export function InvitationLink({ invited, onClose }: { invited: Invited; onClose?: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="flex flex-col items-start gap-4">
      <div role="status">
        <p className="text-14 font-medium [overflow-wrap:anywhere]">{t("team.invited", { name: invited.person.name })}</p>
        <p className="mt-1 text-13 text-pretty text-muted">{t("team.invitedHint")}</p>
      </div>
      <div className="w-full">
        <CopyText label={t("team.link")} text={invited.link} />
      </div>
      {onClose ? <Button onClick={onClose}>{t("team.done")}</Button> : null}
    </div>
  );
}
