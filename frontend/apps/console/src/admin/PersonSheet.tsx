import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Person } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Sheet } from "@frontdesk/ui";
import { admin } from "../data/client";
import { meQuery } from "../data/me";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";
import { draftFaults, draftOf, fieldsOf } from "./draft";
import { PersonActs } from "./PersonActs";
import { PersonFields, type DraftFaults } from "./PersonFields";
import { peopleQuery } from "./queries";

/** One person: what they may do, where they are signed in, and what an admin does in need. */
export function PersonSheet({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const { t } = useSpeech();
  const top = useRef<HTMLDivElement>(null);
  return (
    <Sheet open={person !== null} onOpenChange={(next) => (next ? undefined : onClose())} title={person?.name ?? ""} closeLabel={t("common.close")}>
      <div ref={top} tabIndex={-1} className="outline-none">
        {person ? (
          <>
            <Change person={person} />
            <PersonActs person={person} fallback={top} />
          </>
        ) : null}
      </div>
    </Sheet>
  );
}

function Change({ person }: { person: Person }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(person));
  const [faults, setFaults] = useState<DraftFaults>({});
  const [isSaved, setSaved] = useState(false);
  const attempt = useAttempt(() => admin.changePerson(person.person_id, fieldsOf(draft)), () => {
    setSaved(true);
    void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
  });
  return (
    <div className="border-b border-hairline px-5 py-5">
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          const found = draftFaults(draft, t);
          setFaults(found);
          setSaved(false);
          if (Object.keys(found).length === 0) attempt.run(undefined);
        }}
      >
        <PersonFields draft={draft} faults={faults} onChange={(parts) => setDraft((known) => ({ ...known, ...parts }))} />
        <Refusal error={attempt.error} words={{ conflict: t("team.lastAdmin"), validation_error: t("signIn.emailOdd") }} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" disabled={attempt.busy} aria-busy={attempt.busy}>
            {t("team.save")}
          </Button>
          <p role="status" className="text-13 text-pretty text-muted">
            {isSaved ? t("team.saved") : null}
          </p>
        </div>
      </form>
    </div>
  );
}
