import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";

/** A secret or a link to take along. Where the browser gives no clipboard it is selected, to be copied by hand. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      field.current?.select();
    }
  };
  const Icon = copied ? Check : Copy;
  return (
    <div className="flex gap-2">
      <input
        ref={field}
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.target.select()}
        className="h-9 min-w-0 flex-1 rounded-sm border border-hairline-strong bg-surface-1 px-3 font-mono text-13 text-ink max-md:h-11"
      />
      <Button onClick={() => void copy()}>
        <Icon size={16} aria-hidden className={copied ? "text-ai" : undefined} />
        <span role="status">{copied ? t("account.copied") : t("account.copy")}</span>
      </Button>
    </div>
  );
}
