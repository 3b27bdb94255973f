import { useQuery } from "@tanstack/react-query";
import { PenLine } from "lucide-react";
import { useState } from "react";
import { useSpeech, type Translation } from "@frontdesk/i18n";
import { Button, IconButton, Popover, TextArea } from "@frontdesk/ui";
import { deskQuery } from "../data/queries";

const LONGEST = 500;

/** What is asked for most; the model is told in the words of whoever asks. */
const OFTEN: (keyof Translation["compose"])[] = ["shorter", "warmer", "formal", "simpler"];

/** Has the draft written anew as somebody wants it. Local intelligence quotes, and cannot: it is not offered there. */
export function Rewrite({ onAsk }: { onAsk: (instruction: string) => void }) {
  const { t, language } = useSpeech();
  const { data: desk } = useQuery(deskQuery(language));
  const [open, setOpen] = useState(false);
  if (desk?.ai.mode !== "llm") return null;
  return (
    <Popover
      label={t("compose.rewrite")}
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label={t("compose.rewrite")} className="size-8">
          <PenLine size={16} aria-hidden />
        </IconButton>
      }
    >
      <Wish
        onAsk={(instruction) => {
          setOpen(false);
          onAsk(instruction);
        }}
      />
    </Popover>
  );
}

function Wish({ onAsk }: { onAsk: (instruction: string) => void }) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onAsk(text.trim());
      }}
    >
      <div className="flex flex-wrap gap-1.5">
        {OFTEN.map((wish) => (
          <Button key={wish} size="sm" onClick={() => onAsk(t(`compose.${wish}`))}>
            {t(`compose.${wish}`)}
          </Button>
        ))}
      </div>
      <TextArea
        aria-label={t("compose.instruction")}
        placeholder={t("compose.instruction")}
        value={text}
        rows={2}
        maxLength={LONGEST}
        onChange={(event) => setText(event.target.value)}
        className="max-h-40"
      />
      <Button type="submit" className="self-end" disabled={text.trim() === ""}>
        {t("compose.rewriteSubmit")}
      </Button>
    </form>
  );
}
