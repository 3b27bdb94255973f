import { Fragment, type ReactNode } from "react";
import { cx } from "@frontdesk/ui";
import { parseBlocks, type Block, type Inline } from "./markup";

interface ProseProps {
  text: string;
  className?: string;
  /** What stands for a citation; without it the number stays as it was written. */
  cite?: (n: number) => ReactNode;
}

/** A message's text with its light markup; long words break rather than widen the page. */
export function Prose({ text, className, cite }: ProseProps) {
  return (
    <div className={cx("flex flex-col gap-2 text-14 [overflow-wrap:anywhere]", className)}>
      {parseBlocks(text).map((block, i) => (
        <BlockView key={i} block={block} cite={cite} />
      ))}
    </div>
  );
}

type Cite = ProseProps["cite"];

function BlockView({ block, cite }: { block: Block; cite: Cite }) {
  if (block.kind === "heading") {
    return (
      <p className="font-semibold">
        <Line parts={block.line} cite={cite} />
      </p>
    );
  }
  if (block.kind === "paragraph") {
    return (
      <p>
        {block.lines.map((line, i) => (
          <Fragment key={i}>
            {i > 0 ? <br /> : null}
            <Line parts={line} cite={cite} />
          </Fragment>
        ))}
      </p>
    );
  }
  const items = block.items.map((item, i) => (
    <li key={i} className="pl-1">
      <Line parts={item} cite={cite} />
    </li>
  ));
  return block.ordered ? (
    <ol start={block.start} className="list-decimal pl-5 marker:text-muted">
      {items}
    </ol>
  ) : (
    <ul className="list-disc pl-5 marker:text-muted">{items}</ul>
  );
}

function Line({ parts, cite }: { parts: Inline[]; cite: Cite }) {
  return parts.map((part, i) => <Fragment key={i}>{inline(part, cite)}</Fragment>);
}

function inline(part: Inline, cite: Cite): ReactNode {
  switch (part.kind) {
    case "text":
      return part.text;
    case "strong":
      return <strong className="font-semibold">{part.text}</strong>;
    case "code":
      return <code className="rounded-[4px] bg-surface-2 px-1 font-mono text-13">{part.text}</code>;
    case "link":
      return (
        <a
          href={part.href}
          target="_blank"
          rel="noreferrer noopener"
          className="underline decoration-faint underline-offset-2 hover:decoration-current"
        >
          {part.text}
        </a>
      );
    case "cite":
      return cite ? cite(part.n) : `[${part.n}]`;
  }
}
