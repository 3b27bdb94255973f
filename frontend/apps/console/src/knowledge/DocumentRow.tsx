import { Link } from "@tanstack/react-router";
import type { DocumentSummary } from "@frontdesk/api";
import { isLanguage, LANGUAGE_SHORT, useSpeech } from "@frontdesk/i18n";
import { cx } from "@frontdesk/ui";

export function DocumentRow({ document, selected }: { document: DocumentSummary; selected: boolean }) {
  const { t, moment } = useSpeech();
  const { language } = document;
  return (
    <Link
      to="/knowledge/$documentId"
      params={{ documentId: document.document_id }}
      search={(search) => search}
      aria-current={selected ? "true" : undefined}
      title={t("knowledge.updated", { when: moment(document.updated_at) })}
      className={cx(
        "flex min-h-16 flex-col justify-center gap-0.5 rounded-sm px-3 py-2 -outline-offset-2 transition-colors",
        selected ? "bg-surface-2" : "hover:bg-surface-1",
      )}
    >
      <span className="truncate text-14 font-medium">{document.title}</span>
      <span className="flex gap-2 text-12 text-muted">
        {language ? <span>{isLanguage(language) ? LANGUAGE_SHORT[language] : language}</span> : null}
        <span>{t("knowledge.chunks", { n: document.chunks })}</span>
      </span>
    </Link>
  );
}
