import type { MacroDeeds } from "@frontdesk/api";
import { lowerFirst, useSpeech } from "@frontdesk/i18n";

/** What a macro does, each in a few words. */
export function useDeedWords(): (deeds: MacroDeeds) => string[] {
  const { t, label } = useSpeech();
  return ({ tags, assignee, priority, resolve }) => [
    ...tags.map((tag) => t("macros.tag", { tag: label("tag", tag) })),
    ...(assignee === null ? [] : [assignee === "me" ? t("macros.mine") : t("macros.assignee", { name: assignee })]),
    ...(priority === null ? [] : [t("macros.prioritySet", { priority: lowerFirst(label("priority", priority)) })]),
    ...(resolve ? [t("macros.resolves")] : []),
  ];
}
