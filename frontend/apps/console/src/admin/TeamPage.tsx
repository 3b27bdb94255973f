import { useQuery } from "@tanstack/react-query";
import { UserPlus, Users } from "lucide-react";
import { useState } from "react";
import type { Person } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, EmptyState, Skeleton } from "@frontdesk/ui";
import { QueryError } from "../shared/QueryError";
import { AdminPage } from "./AdminPage";
import { InviteSheet } from "./InviteSheet";
import { PersonRow } from "./PersonRow";
import { PersonSheet } from "./PersonSheet";
import { peopleQuery } from "./queries";

/** Who works here, and what each of them may do. */
export function TeamPage() {
  const { t } = useSpeech();
  const query = useQuery(peopleQuery);
  const [inviting, setInviting] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const people = query.data ?? [];
  const person = people.find(({ person_id }) => person_id === chosen) ?? null;
  return (
    <AdminPage
      aside={
        <Button variant="primary" onClick={() => setInviting(true)}>
          <UserPlus size={16} aria-hidden />
          {t("team.invite")}
        </Button>
      }
    >
      {query.isPending ? <Skeleton className="h-60 rounded-lg" /> : null}
      {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <List people={people} onChoose={setChosen} /> : null}
      <InviteSheet open={inviting} onClose={() => setInviting(false)} />
      <PersonSheet key={person?.person_id} person={person} onClose={() => setChosen(null)} />
    </AdminPage>
  );
}

function List({ people, onChoose }: { people: Person[]; onChoose: (id: string) => void }) {
  const { t } = useSpeech();
  if (people.length === 0) {
    return <EmptyState className="flex-1" icon={<Users size={20} aria-hidden />} title={t("team.none")} hint={t("team.noneHint")} />;
  }
  return (
    <ul aria-label={t("team.people")} className="glass overflow-hidden rounded-lg">
      {people.map((person) => (
        <PersonRow key={person.person_id} person={person} onChoose={() => onChoose(person.person_id)} />
      ))}
    </ul>
  );
}
