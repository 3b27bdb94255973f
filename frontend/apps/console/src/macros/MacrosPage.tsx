import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, Plus, Slash } from "lucide-react";
import { useState } from "react";
import type { Macro } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, EmptyState, Skeleton, TextField } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { macrosQuery } from "../data/queries";
import { Page } from "../shared/Page";
import { QueryError } from "../shared/QueryError";
import { MacroRow } from "./MacroRow";
import { MacroSheet } from "./MacroSheet";

/** Ready texts of the desk: everybody reads them, who may write knowledge keeps them. */
export function MacrosPage() {
  const { t } = useSpeech();
  const query = useQuery(macrosQuery);
  const mayWrite = useMay("kb:write");
  const [editing, setEditing] = useState<Macro | "new" | null>(null);
  return (
    <Page
      title={t("macros.title")}
      hint={t("macros.hint")}
      aside={
        mayWrite ? (
          <Button variant="primary" onClick={() => setEditing("new")}>
            <Plus size={16} aria-hidden />
            {t("macros.add")}
          </Button>
        ) : null
      }
    >
      <Link to="/knowledge" className="-mt-3 mb-4 inline-flex items-center gap-1.5 self-start rounded-sm text-13 text-muted hover:text-ink max-md:min-h-11">
        <ArrowLeft size={14} aria-hidden />
        {t("nav.knowledge")}
      </Link>
      {query.isPending ? <Skeleton className="h-60 rounded-lg" /> : null}
      {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <List macros={query.data} onEdit={mayWrite ? setEditing : null} /> : null}
      {editing ? <MacroSheet macro={editing === "new" ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  );
}

/** Whether every word typed stands somewhere in it. */
function fits({ name, texts }: Macro, typed: string): boolean {
  const whole = [name, ...Object.values(texts)].join(" ").toLocaleLowerCase();
  return typed.toLocaleLowerCase().split(/\s+/).every((word) => whole.includes(word));
}

function List({ macros, onEdit }: { macros: Macro[]; onEdit: ((macro: Macro) => void) | null }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState("");
  if (macros.length === 0) {
    return <EmptyState className="flex-1" icon={<Slash size={20} aria-hidden />} title={t("macros.empty")} hint={t("macros.emptyHint")} />;
  }
  const shown = macros.filter((macro) => fits(macro, typed));
  return (
    <div className="flex flex-col gap-4">
      <TextField label={t("macros.search")} type="search" value={typed} onChange={({ target }) => setTyped(target.value)} />
      {shown.length === 0 ? <p className="text-13 text-muted">{t("macros.nothing")}</p> : null}
      <ul aria-label={t("macros.title")} className="glass overflow-hidden rounded-lg empty:hidden">
        {shown.map((macro) => (
          <MacroRow key={macro.macro_id} macro={macro} onEdit={onEdit ? () => onEdit(macro) : null} />
        ))}
      </ul>
    </div>
  );
}
