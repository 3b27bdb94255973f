/** A macro while it is being written. */
import type { Category, Macro, NewMacro, Priority } from "@frontdesk/api";
import type { Language } from "@frontdesk/i18n";

export interface MacroDraft {
  name: string;
  category: Category | null;
  texts: Partial<Record<Language, string>>;
  /** As they are typed: separated by commas. */
  tags: string;
  assignMe: boolean;
  priority: Priority | null;
  resolve: boolean;
}

export const EMPTY: MacroDraft = { name: "", category: null, texts: {}, tags: "", assignMe: false, priority: null, resolve: false };

export function draftOf({ name, category, texts, actions }: Macro): MacroDraft {
  const { tags, assignee, priority, resolve } = actions;
  return { name, category: category as Category | null, texts, tags: tags.join(", "), assignMe: assignee === "me", priority, resolve };
}

/** Another assignee than whoever uses it, set by a program, stays. */
export function macroOf(draft: MacroDraft, before: Macro | null): NewMacro {
  const written = Object.entries(draft.texts).filter(([, text]) => text.trim() !== "");
  const other = before?.actions.assignee === "me" ? null : (before?.actions.assignee ?? null);
  const tags = draft.tags.split(",").map((tag) => tag.trim()).filter(Boolean);
  return {
    name: draft.name.trim(),
    category: draft.category,
    texts: Object.fromEntries(written),
    actions: { tags: [...new Set(tags)], assignee: draft.assignMe ? "me" : other, priority: draft.priority, resolve: draft.resolve },
  };
}
