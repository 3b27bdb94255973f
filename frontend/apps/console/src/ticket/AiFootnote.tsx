import { ChevronDown } from "lucide-react";
import { useRef } from "react";
import type { AiDetails, Source } from "@frontdesk/api";
import { type Translation, useSpeech } from "@frontdesk/i18n";
import { Fact, Meter, Popover } from "@frontdesk/ui";
import { sourceTitle } from "../shared/sourceTitle";

interface AiFootnoteProps {
  ai: AiDetails;
  onSource: (source: Source) => void;
}

const QUIET_BUTTON = "inline-flex max-md:min-h-11 items-center gap-1 rounded-[4px] transition-colors hover:text-ink";

/** Under each AI message: how sure it was and what it read; the rest on demand. */
export function AiFootnote({ ai, onSource }: AiFootnoteProps) {
  const { t, number } = useSpeech();
  return (
    <>
      <Popover
        label={t("ticket.details")}
        align="end"
        trigger={
          <button type="button" className={QUIET_BUTTON}>
            {ai.confidence === null ? t("ticket.details") : t("ticket.confidence", { value: number(ai.confidence, 2) })}
            <ChevronDown size={14} aria-hidden />
          </button>
        }
      >
        <Decision ai={ai} />
      </Popover>
      {ai.sources.length > 0 ? <Sources ai={ai} onSource={onSource} /> : null}
    </>
  );
}

function Sources({ ai, onSource }: AiFootnoteProps) {
  const { t } = useSpeech();
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <Popover
      label={t("ticket.sources", { n: ai.sources.length })}
      align="end"
      className="p-2"
      trigger={
        <button ref={opener} type="button" className={QUIET_BUTTON}>
          {t("ticket.sources", { n: ai.sources.length })}
          <ChevronDown size={14} aria-hidden />
        </button>
      }
    >
      <SourceList
        sources={ai.sources}
        onSource={(source) => {
          // The list closes: what opened it is there to take the focus back.
          opener.current?.focus();
          onSource(source);
        }}
      />
    </Popover>
  );
}

function SourceList({ sources, onSource }: { sources: Source[]; onSource: (source: Source) => void }) {
  const { t, number } = useSpeech();
  return (
    <ul className="flex flex-col">
      {sources.map((source, i) => (
        <li key={`${source.doc_id}-${i}`}>
          <button
            type="button"
            onClick={() => onSource(source)}
            className="flex w-full flex-col gap-1 rounded-sm px-3 py-2 text-left transition-colors hover:bg-surface-2"
          >
            <span className="flex w-full items-baseline gap-2">
              <span className="font-mono text-12 text-muted">{i + 1}</span>
              <span className="min-w-0 flex-1 truncate text-13 font-medium">{sourceTitle(source, t)}</span>
              <span className="font-mono text-12 text-muted">{number(source.score, 2)}</span>
            </span>
            <span className="line-clamp-2 pl-5 text-12 text-muted">{source.quote}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Why the AI did what it did; where a model said it in words of its own, these, marked as such. */
function Reasoning({ ai }: { ai: AiDetails }) {
  const { t } = useSpeech();
  if (ai.rationale.length > 0) {
    const sentences = ai.rationale.map(({ code, values }) => t(`why.${code satisfies keyof Translation["why"]}` as never, values));
    return <p className="text-13 text-pretty text-ink">{sentences.join(" ")}</p>;
  }
  if (!ai.reasoning) return null;
  return (
    <figure>
      <blockquote className="border-l-2 border-hairline-strong pl-3 text-13 text-pretty text-ink">{ai.reasoning}</blockquote>
      <figcaption className="mt-1 text-12 text-muted">{t("ticket.ownWords")}</figcaption>
    </figure>
  );
}

function Decision({ ai }: { ai: AiDetails }) {
  const { t, label, number, duration, money } = useSpeech();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 font-medium">{t("ticket.details")}</p>
      {ai.confidence === null ? null : (
        <Meter value={ai.confidence} label={t("ticket.confidence", { value: number(ai.confidence, 2) })} />
      )}
      <Reasoning ai={ai} />
      <dl>
        {ai.decision ? <Fact name={t("ticket.decision")}>{label("decision", ai.decision)}</Fact> : null}
        {ai.confidence === null ? null : <Fact name={t("field.confidence")}>{number(ai.confidence, 2)}</Fact>}
        {ai.provider ? <Fact name={t("ticket.provider")}>{label("provider", ai.provider)}</Fact> : null}
        {ai.model ? (
          <Fact name={t("ticket.model")}>
            <span className="font-mono text-12">{ai.model}</span>
          </Fact>
        ) : null}
        {ai.prompt_version ? (
          <Fact name={t("ticket.prompt")}>
            <span className="font-mono text-12">{ai.prompt_version}</span>
          </Fact>
        ) : null}
        {ai.cost === null ? null : (
          <Fact name={t("ticket.cost")}>{Number(ai.cost) > 0 ? money(Number(ai.cost), "USD") : t("ticket.free")}</Fact>
        )}
        {ai.latency_ms === null ? null : <Fact name={t("ticket.latency")}>{duration(ai.latency_ms / 1000)}</Fact>}
      </dl>
    </div>
  );
}
