import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { BookOpenText } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, EmptyState } from "@frontdesk/ui";
import { usePageTitle } from "../shared/usePageTitle";
import { DocumentList } from "./DocumentList";
import { QuestionForm } from "./QuestionForm";
import { SearchResults } from "./SearchResults";

/** Documents on the left; on the right a document, or what the AI would read for a question. */
export function KnowledgePage() {
  const { t } = useSpeech();
  const { documentId } = useParams({ strict: false });
  const { q } = useSearch({ from: "/knowledge" });
  const navigate = useNavigate();
  const reading = documentId !== undefined;

  const ask = (question: string) =>
    void navigate({ to: "/knowledge", search: (search) => ({ ...search, q: question || undefined }) });

  return (
    <>
      <section
        aria-label={t("knowledge.documents")}
        className={cx(
          "min-h-0 w-full shrink-0 flex-col border-r border-hairline bg-surface-1 md:flex md:w-[340px]",
          reading || q ? "hidden" : "flex",
        )}
      >
        <DocumentList selectedId={documentId ?? null} onAsk={ask} />
      </section>
      <div className={cx("min-h-0 min-w-0 flex-1 flex-col md:flex", reading || q ? "flex" : "hidden")}>
        {reading ? (
          <Outlet />
        ) : (
          <AskPane question={q ?? ""} onAsk={ask} />
        )}
      </div>
    </>
  );
}

function AskPane({ question, onAsk }: { question: string; onAsk: (question: string) => void }) {
  const { t } = useSpeech();
  usePageTitle(t("nav.knowledge"));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[760px] flex-col px-5 py-6 md:px-8 md:py-8">
        <h1 className="text-20 font-semibold">{t("knowledge.test")}</h1>
        <p className="mt-1 mb-5 text-13 text-muted">{t("knowledge.testHint")}</p>
        <QuestionForm key={question} initial={question} onAsk={onAsk} />
        {question ? <SearchResults question={question} /> : <NothingAsked />}
      </div>
    </div>
  );
}

function NothingAsked() {
  const { t } = useSpeech();
  return (
    <EmptyState
      className="flex-1"
      icon={<BookOpenText size={20} aria-hidden />}
      title={t("knowledge.unasked")}
      hint={t("knowledge.unaskedHint")}
    />
  );
}
