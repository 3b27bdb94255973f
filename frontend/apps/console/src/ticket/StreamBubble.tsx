import { Sparkles } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { plainText } from "@frontdesk/markdown";
import type { Stream } from "../data/streams";

/** An answer while it is being written. Silent for screen readers until it is whole: the log then reads it once. */
export function StreamBubble({ stream }: { stream: Stream }) {
  const { t } = useSpeech();
  return (
    <div aria-live="off" className="mt-4 flex max-w-[88%] flex-col items-end gap-1 self-end md:max-w-[80%]">
      <span className="flex items-center gap-1 px-1 text-12 font-medium text-ai">
        <Sparkles size={14} aria-hidden className="fd-breathe" />
        {t("ticket.ai")} · {t("ticket.writing")}
      </span>
      <p className="glass fd-caret min-w-0 rounded-lg rounded-tr-[4px] px-4 py-2.5 text-14 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {stream.partial ? "… " : ""}
        {plainText(stream.text)}
      </p>
    </div>
  );
}
