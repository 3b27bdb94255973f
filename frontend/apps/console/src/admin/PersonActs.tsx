import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type RefObject } from "react";
import type { Invited, Person } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Confirm, Section } from "@frontdesk/ui";
import { admin } from "../data/client";
import { SessionRow } from "../shared/SessionRow";
import { Refusal } from "../shared/Refusal";
import { attemptText, useAttempt } from "../shared/useAttempt";
import { InvitationLink } from "./InviteSheet";
import { factorsText } from "./personTexts";
import { peopleQuery, sessionsOfQuery } from "./queries";

type Act = "endAll" | "resetFactor" | "disable";

interface PersonActsProps {
  person: Person;
  fallback: RefObject<HTMLElement | null>;
}

/** What counts at once, each asked for once more. */
export function PersonActs({ person, fallback }: PersonActsProps) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState<Act | null>(null);
  const factors = factorsText(person, t);
  return (
    <>
      {person.status === "disabled" ? null : <Invitation person={person} />}
      <Sessions person={person} onEndAll={() => setAsking("endAll")} />
      <Section title={t("team.factor")}>
        <div className="flex flex-col items-start gap-3">
          <p className="text-13">{factors ? t("team.factorOn", { what: factors }) : t("team.factorOff")}</p>
          {factors ? <Button onClick={() => setAsking("resetFactor")}>{t("team.resetFactor")}</Button> : null}
        </div>
      </Section>
      <Section title={t("team.access")}>
        {person.status === "disabled" ? <Enable person={person} /> : <Button onClick={() => setAsking("disable")}>{t("team.disable")}</Button>}
      </Section>
      <ConfirmAct act={asking} person={person} onEnd={() => setAsking(null)} fallback={fallback} />
    </>
  );
}

function useChanged(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
}

/** Of somebody who has not come yet. */
function Invitation({ person }: { person: Person }) {
  const { t, label } = useSpeech();
  const [invited, setInvited] = useState<Invited | null>(null);
  const attempt = useAttempt(() => admin.inviteAgain(person.person_id), setInvited);
  if (person.status !== "invited") return null;
  return (
    <Section title={label("person_status", "invited")}>
      {invited ? (
        <InvitationLink invited={invited} />
      ) : (
        <Button disabled={attempt.busy} onClick={() => attempt.run(undefined)}>
          {t("team.newLink")}
        </Button>
      )}
      <Refusal error={attempt.error} />
    </Section>
  );
}

function Sessions({ person, onEndAll }: { person: Person; onEndAll: () => void }) {
  const { t } = useSpeech();
  const { data: sessions = [] } = useQuery(sessionsOfQuery(person.person_id));
  return (
    <Section title={t("team.sessions")}>
      {sessions.length === 0 ? <p className="text-13 text-muted">{t("team.noSessions")}</p> : null}
      <ul className="flex flex-col">
        {sessions.map((session) => (
          <SessionRow key={session.session_id} session={session} />
        ))}
      </ul>
      {sessions.length > 0 ? (
        <Button className="mt-4" onClick={onEndAll}>
          {t("team.endAll")}
        </Button>
      ) : null}
    </Section>
  );
}

function Enable({ person }: { person: Person }) {
  const { t } = useSpeech();
  const attempt = useAttempt(() => admin.changePerson(person.person_id, { disabled: false }), useChanged());
  return (
    <div className="flex flex-col items-start gap-2">
      <Button disabled={attempt.busy} onClick={() => attempt.run(undefined)}>
        {t("team.enable")}
      </Button>
      <Refusal error={attempt.error} />
    </div>
  );
}

const ACTS: Record<Act, (id: string) => Promise<unknown>> = {
  endAll: (id) => admin.endSessionsOf(id),
  resetFactor: (id) => admin.removeSecondFactors(id),
  disable: (id) => admin.changePerson(id, { disabled: true }),
};

interface ConfirmActProps extends PersonActsProps {
  act: Act | null;
  onEnd: () => void;
}

function ConfirmAct({ act, person, onEnd, fallback }: ConfirmActProps) {
  const { t } = useSpeech();
  const changed = useChanged();
  const attempt = useAttempt((chosen: Act) => ACTS[chosen](person.person_id), () => {
    changed();
    onEnd();
  });
  return (
    <Confirm
      open={act !== null}
      title={act ? t(`team.${act}Title`, { name: person.name }) : ""}
      confirmLabel={act ? t(`team.${act}`) : ""}
      cancelLabel={t("account.cancel")}
      busy={attempt.busy}
      error={attempt.error ? attemptText(attempt.error, t, { conflict: t("team.lastAdmin") }) : null}
      onConfirm={() => (act ? attempt.run(act) : undefined)}
      onCancel={() => {
        attempt.forget();
        onEnd();
      }}
      fallback={fallback}
    >
      {act ? t(`team.${act}Text`) : null}
    </Confirm>
  );
}
