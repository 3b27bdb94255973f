import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowUpRight } from "lucide-react";
import type { DocumentDetail, Source } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { plainText } from "@frontdesk/markdown";
import { findQuote, Marked, Sheet, Skeleton } from "@frontdesk/ui";
import { documentQuery } from "../data/queries";
import { orderNumber, sourceHeading, sourceTitle } from "../shared/sourceTitle";
import { LINK_BUTTON } from "../shared/styles";

interface SourceSheetProps {
  source: Source | null;
  onClose: () => void;
}

/** The passage an answer stands on, with the sentence marked. */
export function SourceSheet({ source, onClose }: SourceSheetProps) {
  const { t } = useSpeech();
  return (
    <Sheet
      open={source !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={source ? sourceTitle(source, t) : t("source.title")}
      closeLabel={t("common.close")}
    >
      {source ? <Passage source={source} /> : null}
    </Sheet>
  );
}

type Chunk = DocumentDetail["chunks"][number];

/** The chunk the quote comes from: by the quote itself, else by the heading. */
export function chunkOf(chunks: Chunk[], source: Pick<Source, "quote" | "heading">): Chunk | null {
  return (
    chunks.find((chunk) => findQuote(chunk.text, source.quote)) ??
    chunks.find((chunk) => chunk.heading === source.heading) ??
    null
  );
}

function Passage({ source }: { source: Source }) {
  const { t, label, number } = useSpeech();
  const isOrder = orderNumber(source) !== null;
  const { data, isPending } = useQuery({ ...documentQuery(source.doc_id), enabled: !isOrder });
  const chunk = data ? chunkOf(data.chunks, source) : null;

  return (
    <div className="flex flex-col gap-4 p-5">
      <p className="text-12 text-muted">
        {[chunk?.heading ?? sourceHeading(source, label), t("source.relevance", { value: number(source.score, 2) })].filter(Boolean).join(" · ")}
      </p>
      {isPending && !isOrder ? (
        <Skeleton className="h-32 w-full" />
      ) : (
        <blockquote className="text-14 leading-6 text-muted [overflow-wrap:anywhere] whitespace-pre-line">
          <Marked text={plainText(chunk?.text ?? source.quote)} quote={source.quote} score={source.score} />
        </blockquote>
      )}
      {!isOrder && !isPending && !data ? <p className="text-13 text-muted">{t("source.onlyQuote")}</p> : null}
      {data ? (
        <Link to="/knowledge/$documentId" params={{ documentId: source.doc_id }} className={`${LINK_BUTTON} self-start`}>
          {t("source.open")}
          <ArrowUpRight size={16} aria-hidden />
        </Link>
      ) : null}
    </div>
  );
}
