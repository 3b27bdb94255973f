import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import type { DocumentDetail } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Skeleton } from "@frontdesk/ui";
import { documentQuery } from "../data/queries";
import { Prose } from "../shared/Prose";
import { QueryError } from "../shared/QueryError";
import { usePageTitle } from "../shared/usePageTitle";

export function DocumentPane() {
  const { t } = useSpeech();
  const { documentId } = useParams({ from: "/knowledge/$documentId" });
  const query = useQuery(documentQuery(documentId));
  useOwnAddress(documentId, query.data?.document_id);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[760px] flex-col px-5 py-6 md:px-8 md:py-8">
        <Link
          to="/knowledge"
          search={(search) => search}
          className="mb-4 inline-flex max-md:min-h-11 items-center gap-2 self-start text-13 text-muted hover:text-ink"
        >
          <ArrowLeft size={16} aria-hidden />
          {t("common.back")}
        </Link>
        {query.data ? <Document document={query.data} /> : null}
        {query.isPending ? (
          <div aria-busy className="flex flex-col gap-4">
            <Skeleton className="h-7 w-80 max-w-full" />
            <Skeleton className="h-40" />
            <Skeleton className="h-40" />
          </div>
        ) : null}
        {query.isError && !query.data ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
      </div>
    </div>
  );
}

/** A source names its document by another name than the list does: the address becomes the list's, which marks the row. */
function useOwnAddress(named: string, documentId: string | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (documentId === undefined || documentId === named) return;
    void navigate({ to: "/knowledge/$documentId", params: { documentId }, search: (search) => search, replace: true });
  }, [navigate, named, documentId]);
}

/** The document as the AI holds it: passage by passage, each with its heading. */
function Document({ document }: { document: DocumentDetail }) {
  const { t, label, moment } = useSpeech();
  usePageTitle(document.title);
  const facts = [
    document.language ? label("language", document.language) : null,
    document.source ? t("knowledge.source", { name: document.source }) : null,
    t("knowledge.updated", { when: moment(document.updated_at) }),
  ].filter((fact) => fact !== null);
  return (
    <article lang={document.language ?? undefined}>
      <h1 className="text-20 font-semibold text-balance [overflow-wrap:anywhere]">{document.title}</h1>
      <p className="mt-1 mb-6 text-13 [overflow-wrap:anywhere] text-muted">{facts.join(" · ")}</p>
      <ol className="flex flex-col">
        {document.chunks.map((chunk, i) => (
          <li key={i} className="border-t border-hairline py-5">
            <h2 className="mb-2 flex items-baseline gap-3 text-14 font-semibold">
              <span className="min-w-0 [overflow-wrap:anywhere]">{chunk.heading || t("knowledge.passage", { n: i + 1 })}</span>
            </h2>
            <Prose text={chunk.text} className="leading-6" />
          </li>
        ))}
      </ol>
    </article>
  );
}
