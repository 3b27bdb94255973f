import { Fragment, type ReactNode } from "react";
import { type Block, type Inline, parseBlocks } from "@frontdesk/markdown";
import { useSpeech } from "@frontdesk/i18n";
import { cx } from "@frontdesk/ui";

interface ProseProps {
  text: string;
  className?: string;
  /** What stands for a citation; without it the number stays as it was written. */
  cite?: (n: number) => ReactNode;
}

type Cite = ProseProps["cite"];

/** A message's text with its light markup; long words break rather than widen the page. */
export function Prose({ text, className, cite }: ProseProps) {
  return (
    <div className={cx("flex flex-col gap-2 text-14 [overflow-wrap:anywhere]", className)}>
      <Blocks blocks={parseBlocks(text)} cite={cite} />
    </div>
  );
}

function Blocks({ blocks, cite }: { blocks: Block[]; cite: Cite }) {
  return blocks.map((block, i) => <BlockView key={i} block={block} cite={cite} />);
}

function BlockView({ block, cite }: { block: Block; cite: Cite }) {
  switch (block.kind) {
    case "heading":
      // Inside a message there is no page outline to join.
      return <p className="font-semibold">{inline(block.children, cite)}</p>;
    case "paragraph":
      return <p>{inline(block.children, cite)}</p>;
    case "list":
      return <List list={block} cite={cite} />;
    case "quote":
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 border-hairline-strong pl-3 text-muted">
          <Blocks blocks={block.children} cite={cite} />
        </blockquote>
      );
    case "code":
      return (
        <pre className="rounded-sm bg-surface-2 px-2 py-1.5 font-mono text-13 whitespace-pre-wrap">
          <code>{block.text}</code>
        </pre>
      );
    case "table":
      return <Table table={block} cite={cite} />;
    case "rule":
      return <hr className="border-hairline" />;
  }
}

function List({ list, cite }: { list: Extract<Block, { kind: "list" }>; cite: Cite }) {
  const items = list.items.map((item, i) => (
    <li key={i} className="pl-1">
      <Item blocks={item} cite={cite} />
    </li>
  ));
  return list.ordered ? (
    <ol start={list.start} className="list-decimal pl-5 marker:text-muted">
      {items}
    </ol>
  ) : (
    <ul className="list-disc pl-5 marker:text-muted">{items}</ul>
  );
}

/** The first line of an item stands beside its bullet, not in a paragraph of its own. */
function Item({ blocks, cite }: { blocks: Block[]; cite: Cite }) {
  const [first, ...rest] = blocks;
  if (first?.kind !== "paragraph") return <Blocks blocks={blocks} cite={cite} />;
  return (
    <>
      {inline(first.children, cite)}
      <Blocks blocks={rest} cite={cite} />
    </>
  );
}

function Table({ table, cite }: { table: Extract<Block, { kind: "table" }>; cite: Cite }) {
  const { t } = useSpeech();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div role="region" aria-label={t("common.table")} tabIndex={0} className="overflow-x-auto">
      <table className="text-13 [&_td]:py-0.5 [&_td]:pr-4 [&_th]:py-0.5 [&_th]:pr-4 [&_th]:text-left">
        <thead>
          <tr>
            {table.head.map((cell, i) => (
              <th key={i}>{inline(cell, cite)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{inline(cell, cite)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(nodes: Inline[], cite: Cite): ReactNode {
  return nodes.map((node, i) => <Fragment key={i}>{drawn(node, cite)}</Fragment>);
}

function drawn(node: Inline, cite: Cite): ReactNode {
  switch (node.kind) {
    case "text":
      return node.text;
    case "strong":
      return <strong className="font-semibold">{inline(node.children, cite)}</strong>;
    case "emphasis":
      return <em>{inline(node.children, cite)}</em>;
    case "deleted":
      return <del>{inline(node.children, cite)}</del>;
    case "code":
      return <code className="rounded-[4px] bg-surface-2 px-1 font-mono text-13">{node.text}</code>;
    case "link":
      return <ProseLink href={node.href}>{inline(node.children, cite)}</ProseLink>;
    case "citation":
      return cite ? cite(node.n) : `[${node.n}]`;
    case "break":
      return <br />;
  }
}

function ProseLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="underline decoration-faint underline-offset-2 hover:decoration-current"
    >
      {children}
    </a>
  );
}
