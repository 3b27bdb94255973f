import { ChevronRight, Hand } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { cx } from "@frontdesk/ui";
import { HEADING_HEIGHT } from "./heights";

/** Stays in sight while its rows pass beneath. */
const STICKY = "sticky top-0 z-10 shrink-0 bg-surface-1-solid";

interface HeadingProps {
  id: string;
  name: string;
  count: number | undefined;
}

export function Heading({ id, name, count }: HeadingProps) {
  return (
    <h2 id={id} className={cx(STICKY, "flex items-center gap-2 px-5 text-13 font-medium")} style={{ height: HEADING_HEIGHT }}>
      <Hand size={16} aria-hidden className={cx("shrink-0", count ? "text-attention" : "text-muted")} />
      {name}
      <Count count={count} />
    </h2>
  );
}

interface FoldHeadingProps extends HeadingProps {
  folded: boolean;
  onFold: (folded: boolean) => void;
}

/** The heading opens and folds what stands under it; while folded it rests at the bottom of the pane. */
export function FoldHeading({ id, name, count, folded, onFold }: FoldHeadingProps) {
  return (
    <h2 id={id} className={cx(STICKY, "bottom-0 mt-auto [box-shadow:0_-1px_0_var(--fd-hairline)]")} style={{ height: HEADING_HEIGHT }}>
      <button
        type="button"
        data-group="ai"
        aria-expanded={!folded}
        onClick={() => onFold(!folded)}
        className="flex h-full w-full items-center gap-2 px-5 text-13 font-medium text-muted -outline-offset-2 transition-colors hover:text-ink"
      >
        <ChevronRight size={16} aria-hidden className={cx("shrink-0 transition-transform", !folded && "rotate-90")} />
        {name}
        <Count count={count} />
      </button>
    </h2>
  );
}

function Count({ count }: { count: number | undefined }) {
  const { number } = useSpeech();
  return count === undefined ? null : <span className="font-mono text-12 text-muted">{number(count)}</span>;
}
