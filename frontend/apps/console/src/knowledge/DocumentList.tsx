import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { BookOpen, Slash } from "lucide-react";
import type { DocumentSummary } from "@frontdesk/api";
import { LANGUAGE_SHORT, LANGUAGES, type Language, useSpeech } from "@frontdesk/i18n";
import { Button, EmptyState, FilterChip, Skeleton } from "@frontdesk/ui";
import { documentsQuery } from "../data/queries";
import { QueryError } from "../shared/QueryError";
import { PANE_HEADER } from "../shared/styles";
import { DocumentRow } from "./DocumentRow";
import { QuestionForm } from "./QuestionForm";

interface DocumentListProps {
  selectedId: string | null;
  onAsk: (question: string) => void;
}

export function DocumentList({ selectedId, onAsk }: DocumentListProps) {
  const { t, number } = useSpeech();
  const { lang } = useSearch({ from: "/knowledge" });
  const query = useInfiniteQuery(documentsQuery(lang));
  const documents = query.data?.pages.flatMap((page) => page.documents) ?? [];
  const total = query.data?.pages[0]?.pagination.total;
  return (
    <>
      <header className={PANE_HEADER.replace("border-b border-hairline", "")}>
        <h1 className="text-16 font-semibold">{t("knowledge.title")}</h1>
        {total === undefined ? null : (
          <span className="text-13 text-muted">{t("knowledge.count", { n: number(total) })}</span>
        )}
        <MacrosLink />
      </header>
      <div className="px-5 pb-3 md:hidden">
        <QuestionForm initial="" onAsk={onAsk} />
      </div>
      <LanguageFilter />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-4" aria-busy={query.isPending}>
        {query.isPending ? <ListSkeleton /> : null}
        {query.isError && documents.length === 0 ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && documents.length === 0 ? <NoDocuments /> : null}
        <Rows documents={documents} selectedId={selectedId} />
        {query.hasNextPage ? (
          <Button
            variant="ghost"
            className="mx-3 mt-2 shrink-0"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("common.more")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function MacrosLink() {
  const { t } = useSpeech();
  return (
    <Link to="/macros" className="ml-auto inline-flex h-9 items-center gap-1.5 rounded-sm px-2 text-13 text-muted hover:bg-surface-2 hover:text-ink max-md:h-11">
      <Slash size={14} aria-hidden />
      {t("knowledge.macros")}
    </Link>
  );
}

function Rows({ documents, selectedId }: { documents: DocumentSummary[]; selectedId: string | null }) {
  return (
    <ul>
      {documents.map((document) => (
        <li key={document.document_id}>
          <DocumentRow document={document} selected={document.document_id === selectedId} />
        </li>
      ))}
    </ul>
  );
}

function LanguageFilter() {
  const { t } = useSpeech();
  const { lang } = useSearch({ from: "/knowledge" });
  const navigate = useNavigate();
  const choose = (value: Language | undefined) =>
    void navigate({ to: ".", search: (search) => ({ ...search, lang: value }), replace: true });
  return (
    <div role="group" aria-label={t("context.language")} className="flex shrink-0 gap-2 px-5 pb-3">
      <FilterChip active={!lang} onClick={() => choose(undefined)}>
        {t("knowledge.allLanguages")}
      </FilterChip>
      {LANGUAGES.map((value) => (
        <FilterChip key={value} active={lang === value} onClick={() => choose(lang === value ? undefined : value)}>
          {LANGUAGE_SHORT[value]}
        </FilterChip>
      ))}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="flex flex-col gap-1">
      {Array.from({ length: 8 }, (_, i) => (
        <div key={i} className="flex h-16 flex-col justify-center gap-2 px-3">
          <Skeleton className="h-4 w-52" />
          <Skeleton className="h-3 w-32" />
        </div>
      ))}
    </div>
  );
}

function NoDocuments() {
  const { t } = useSpeech();
  return (
    <EmptyState
      className="flex-1"
      icon={<BookOpen size={20} aria-hidden />}
      title={t("knowledge.empty")}
      hint={
        <>
          {t("knowledge.emptyHint")}
          <code className="mt-2 block rounded-sm bg-surface-2 px-3 py-2 font-mono text-12 text-ink">frontdesk kb add PATH</code>
        </>
      }
    />
  );
}
