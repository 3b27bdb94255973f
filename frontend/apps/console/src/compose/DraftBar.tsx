import { ChevronDown, Eraser, RefreshCw, Sparkles } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, IconButton, Popover, Tooltip } from "@frontdesk/ui";
import { failureText } from "../shared/failure";
import { sourceTitle } from "../shared/sourceTitle";
import type { Begun } from "./begun";
import { Rewrite } from "./Rewrite";
import type { Draft } from "./useDraft";

interface DraftBarProps {
  draft: Draft;
  begun: Begun;
  onClear: () => void;
}

/** Where the words in the field come from, and what else the AI can offer. */
export function DraftBar({ draft, begun, onClear }: DraftBarProps) {
  const { t } = useSpeech();
  const { made, pending, error } = draft;
  if (pending) {
    return (
      <p role="status" className="inline-flex h-8 items-center gap-1.5 text-12 text-ai max-md:h-11">
        <Sparkles size={14} aria-hidden className="fd-breathe" />
        {t("compose.drafting")}
      </p>
    );
  }
  const inField = made !== undefined && begun.text !== "";
  return (
    <>
      {inField ? <Origin draft={draft} edited={begun.text !== made.content} /> : <TakeDraft onTake={draft.take} />}
      {error ? <p className="text-12 text-muted">{t("compose.noDraft", { why: failureText(error, t) })}</p> : null}
      {begun.text === "" ? null : (
        <Tooltip content={t("compose.clear")}>
          <IconButton label={t("compose.clear")} className="ml-auto size-8" onClick={onClear}>
            <Eraser size={16} aria-hidden />
          </IconButton>
        </Tooltip>
      )}
    </>
  );
}

function TakeDraft({ onTake }: { onTake: () => void }) {
  const { t } = useSpeech();
  return (
    <Button size="sm" variant="ghost" className="h-8" onClick={onTake}>
      <Sparkles size={14} aria-hidden />
      {t("compose.useDraft")}
    </Button>
  );
}

function Origin({ draft, edited }: { draft: Draft; edited: boolean }) {
  const { t, number } = useSpeech();
  const { made } = draft;
  if (!made) return null;
  return (
    <>
      <Popover
        label={t("compose.whyDraft")}
        side="top"
        trigger={
          <button type="button" className="inline-flex h-8 items-center gap-1.5 rounded-sm px-1 text-12 text-ai max-md:h-11">
            <Sparkles size={14} aria-hidden />
            {t(edited ? "compose.draftEdited" : "compose.draft")}
            <span className="font-mono text-muted max-md:hidden">{number(made.confidence, 2)}</span>
            <ChevronDown size={14} aria-hidden className="text-muted" />
          </button>
        }
      >
        <Grounds draft={draft} />
      </Popover>
      <Tooltip content={t("compose.another")}>
        <IconButton label={t("compose.another")} className="size-8" onClick={() => draft.another()}>
          <RefreshCw size={16} aria-hidden />
        </IconButton>
      </Tooltip>
      <Rewrite onAsk={draft.another} />
    </>
  );
}

/** What the draft says comes from these, and from nowhere else. */
function Grounds({ draft: { made } }: { draft: Draft }) {
  const { t, number } = useSpeech();
  if (!made) return null;
  return (
    <div className="flex max-h-80 flex-col gap-3 overflow-y-auto">
      <p className="text-13 font-medium">{t("compose.whyDraft")}</p>
      <p className="text-13 text-muted">{t("ticket.confidence", { value: number(made.confidence, 2) })}</p>
      <ol className="flex flex-col gap-3">
        {made.sources.map((source, i) => (
          <li key={i} className="text-13">
            <p className="font-medium">{sourceTitle(source, t)}</p>
            <p className="text-12 text-pretty text-muted">{source.quote}</p>
          </li>
        ))}
      </ol>
      {made.sources.length === 0 ? <p className="text-13 text-muted">{t("compose.noSources")}</p> : null}
    </div>
  );
}
