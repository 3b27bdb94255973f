import { Search, X } from "lucide-react";
import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";

interface QuestionFormProps {
  initial: string;
  onAsk: (question: string) => void;
}

export function QuestionForm({ initial, onAsk }: QuestionFormProps) {
  const { t } = useSpeech();
  const [text, setText] = useState(initial);
  const clear = () => {
    setText("");
    onAsk("");
  };
  return (
    <form
      role="search"
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(text.trim());
      }}
    >
      <label className="flex h-11 max-md:h-12 min-w-0 flex-1 items-center gap-2 rounded-sm border border-hairline-strong bg-surface-1 px-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ai">
        <Search size={16} aria-hidden className="shrink-0 text-muted" />
        <span className="sr-only">{t("knowledge.test")}</span>
        <input
          value={text}
          maxLength={2000}
          onChange={(event) => setText(event.target.value)}
          placeholder={t("knowledge.placeholder")}
          className="min-w-0 flex-1 self-stretch bg-transparent text-14 outline-none placeholder:text-muted"
        />
        {text ? <ClearButton onClear={clear} /> : null}
      </label>
      <Button type="submit" variant="primary" className="h-11 px-4 max-md:h-12" disabled={text.trim() === ""}>
        {t("knowledge.search")}
      </Button>
    </form>
  );
}

function ClearButton({ onClear }: { onClear: () => void }) {
  const { t } = useSpeech();
  return (
    <button
      type="button"
      aria-label={t("knowledge.clear")}
      onClick={onClear}
      className="-mr-1 flex size-8 max-md:size-11 items-center justify-center rounded-sm text-muted hover:text-ink"
    >
      <X size={16} aria-hidden />
    </button>
  );
}
