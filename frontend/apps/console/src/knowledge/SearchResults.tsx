import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import type { SearchResult } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { plainText } from "@frontdesk/markdown";
import { EmptyState, isWeak, Marked, Meter, Skeleton } from "@frontdesk/ui";
import { searchQuery } from "../data/queries";
import { QueryError } from "../shared/QueryError";

/** What the AI would read, best first, with the sentence it would quote marked. */
export function SearchResults({ question }: { question: string }) {
  const { t } = useSpeech();
  const query = useQuery(searchQuery(question));
  if (query.isError) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) {
    return (
      <div aria-busy className="mt-6 flex flex-col gap-3">
        <Skeleton className="h-28 rounded-lg" />
        <Skeleton className="h-28 rounded-lg" />
      </div>
    );
  }
  if (query.data.length === 0) {
    return (
      <EmptyState
        className="flex-1"
        icon={<SearchX size={20} aria-hidden />}
        title={t("knowledge.none")}
        hint={t("knowledge.noneHint")}
      />
    );
  }
  return (
    <section aria-label={t("knowledge.results")} className="mt-6">
      {isWeak(query.data[0]?.score ?? 0) ? <NothingFits /> : null}
      <ol className="flex flex-col gap-3">
        {query.data.map((result, i) => (
          <li key={`${result.doc_id}-${i}`}>
            <Result result={result} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Best first, so that where the first is weak all are. */
function NothingFits() {
  const { t } = useSpeech();
  return (
    <div className="mb-4 flex gap-3 rounded-lg border border-hairline px-5 py-4">
      <SearchX size={20} aria-hidden className="shrink-0 text-muted" />
      <div>
        <p className="text-14 font-medium">{t("knowledge.weak")}</p>
        <p className="text-13 text-pretty text-muted">{t("knowledge.weakHint")}</p>
      </div>
    </div>
  );
}

function Result({ result }: { result: SearchResult }) {
  const { t, number } = useSpeech();
  const score = t("source.relevance", { value: number(result.score, 2) });
  return (
    <article className="glass rounded-lg px-5 py-4">
      <header className="mb-2 flex items-center gap-3">
        <div className="flex min-w-0 flex-1 items-baseline gap-x-3 max-md:flex-col">
          <Link
            to="/knowledge/$documentId"
            params={{ documentId: result.doc_id }}
            search={(search) => search}
            className="max-w-full min-w-0 truncate text-14 font-medium hover:underline max-md:min-h-11 max-md:leading-[44px]"
          >
            {result.title}
          </Link>
          {result.heading ? <span className="max-w-full min-w-0 truncate text-12 text-muted">{result.heading}</span> : null}
        </div>
        <Meter value={result.score} label={score} className="hidden w-16 shrink-0 sm:block" />
        <span className="shrink-0 font-mono text-12 text-muted">{number(result.score, 2)}</span>
      </header>
      <p className="line-clamp-6 text-13 leading-5 [overflow-wrap:anywhere] whitespace-pre-line text-muted">
        <Marked text={plainText(result.text)} quote={result.quote} score={result.score} />
      </p>
    </article>
  );
}
