/** Starts a training and waits for the version it makes; the desk tells of its end only by the list. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiClient, ClassifierTask, ClassifierVersion } from "@frontdesk/api";
import { api } from "../data/client";
import { keys } from "../data/queries";

export interface Patience {
  everyMs: number;
  forMs: number;
}

/** A training takes seconds; another may be ahead of it. */
const PATIENCE: Patience = { everyMs: 1_000, forMs: 90_000 };

type Asked = Pick<ApiClient, "learnNow" | "classifiers">;

/** The new version, or null where none came in time. What is listed meanwhile goes to `onList`. */
export async function learnNow(
  asked: Asked,
  task: ClassifierTask,
  onList: (tasks: ClassifierTask[]) => void,
  { everyMs, forMs }: Patience = PATIENCE,
): Promise<ClassifierVersion | null> {
  const newest = task.versions[0]?.number ?? 0;
  await asked.learnNow(task.task);
  for (let waited = 0; waited < forMs; waited += everyMs) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    // The training goes on without us: one list that fails to come is no reason to stop looking.
    const tasks = await asked.classifiers().catch(() => null);
    if (!tasks) continue;
    onList(tasks);
    const made = tasks.find((listed) => listed.task === task.task)?.versions[0];
    if (made && made.number > newest) return made;
  }
  return null;
}

export function useLearnNow(task: ClassifierTask) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => learnNow(api, task, (tasks) => client.setQueryData(keys.classifiers, tasks)),
  });
}
