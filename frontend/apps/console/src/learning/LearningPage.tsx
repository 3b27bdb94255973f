import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { GraduationCap } from "lucide-react";
import type { ClassifierTask } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { EmptyState, Skeleton } from "@frontdesk/ui";
import { classifiersQuery } from "../data/queries";
import { QueryError } from "../shared/QueryError";
import { LINK_BUTTON } from "../shared/styles";
import { usePageTitle } from "../shared/usePageTitle";
import { TaskCard } from "./TaskCard";

/** What local intelligence learned from people, which version is in use, and the way forward and back. */
export function LearningPage() {
  const { t } = useSpeech();
  usePageTitle(t("learning.title"));
  const query = useQuery(classifiersQuery);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[840px] flex-col px-5 py-6 md:px-8 md:py-8">
        <h1 className="text-20 font-semibold">{t("learning.title")}</h1>
        <p className="mt-1 mb-6 max-w-[640px] text-13 text-pretty text-muted">{t("learning.subtitle")}</p>
        {query.data ? <Tasks tasks={query.data} /> : null}
        {query.isPending ? <TasksSkeleton /> : null}
        {query.isError && !query.data ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
      </div>
    </div>
  );
}

function Tasks({ tasks }: { tasks: ClassifierTask[] }) {
  if (tasks.every((task) => task.corrections === 0 && task.versions.length === 0)) return <NothingYet />;
  return (
    <div className="flex flex-col gap-4">
      {tasks.map((task) => (
        <TaskCard key={task.task} task={task} />
      ))}
    </div>
  );
}

function NothingYet() {
  const { t } = useSpeech();
  return (
    <EmptyState
      className="flex-1"
      icon={<GraduationCap size={20} aria-hidden />}
      title={t("learning.empty")}
      hint={t("learning.emptyHint")}
      action={
        <Link to="/" className={LINK_BUTTON}>
          {t("error.toInbox")}
        </Link>
      }
    />
  );
}

function TasksSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <Skeleton className="h-60 rounded-lg" />
      <Skeleton className="h-60 rounded-lg" />
    </div>
  );
}
