/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { type Block, closeMarks, type Inline, parseBlocks } from "./index";

/** "1–6" is one word, and so is "30 000 ₸": they do not break at the end of a line. */
const LOOSE_RANGE = /(\d)–(?=\d)/g;
const LOOSE_NUMBER = /(\d) (?=\d{3}(?!\d)|[₸$€%])/g;

interface MarkdownProps {
  text: string;
  /** What a table and a block of code are called: both may be wider than their message, and are scrolled by keyboard too. */
  names: { table: string; code: string };
  streaming?: boolean | undefined;
  /** Called with the number of a source that the text points at; without it the numbers are only shown. */
  onCite?: (n: number) => void;
  citeLabel?: (n: number) => string;
  /** Numbers above this are text: there is no such source. */
  sources?: number;
}

export function Markdown({ text, streaming, ...shared }: MarkdownProps) {
  const tree = parseBlocks(streaming ? closeMarks(text) : text);
  // The list of sources comes after the text: until then a mark is shown, but leads nowhere.
  return <div class="md">{tree.map((block, index) => renderBlock(block, index, { ...shared, streaming }))}</div>;
}

type Shared = Omit<MarkdownProps, "text">;

function renderBlock(block: Block, key: number, shared: Shared): ComponentChildren {
  switch (block.kind) {
    case "paragraph":
      return <p key={key}>{renderInline(block.children, shared)}</p>;
    case "heading":
      // Inside a message there is no page outline to join.
      return (
        <p key={key} class="md-heading">
          {renderInline(block.children, shared)}
        </p>
      );
    case "list": {
      const items = block.items.map((item, index) => <li key={index}>{renderItem(item, shared)}</li>);
      return block.ordered ? <ol key={key} start={block.start}>{items}</ol> : <ul key={key}>{items}</ul>;
    }
    case "quote":
      return <blockquote key={key}>{block.children.map((child, index) => renderBlock(child, index, shared))}</blockquote>;
    case "code":
      return (
        <Scrolled key={key} name={shared.names.code}>
          <pre>
            <code>{block.text}</code>
          </pre>
        </Scrolled>
      );
    case "table":
      return renderTable(block, key, shared);
    case "rule":
      return <hr key={key} />;
  }
}

function renderItem(item: Block[], shared: Shared): ComponentChildren {
  const [first, ...rest] = item;
  const lead = first?.kind === "paragraph" ? renderInline(first.children, shared) : first && renderBlock(first, 0, shared);
  return [lead, ...rest.map((child, index) => renderBlock(child, index + 1, shared))];
}

function renderTable(block: Extract<Block, { kind: "table" }>, key: number, shared: Shared): ComponentChildren {
  return (
    <Scrolled key={key} name={shared.names.table}>
      <table>
        <thead>
          <tr>{block.head.map((cell, index) => <th key={index}>{renderInline(cell, shared)}</th>)}</tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            <tr key={at}>{row.map((cell, index) => <td key={index}>{renderInline(cell, shared)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function Scrolled({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div class="md-scrolled" role="group" aria-label={name} tabIndex={0}>
      {children}
    </div>
  );
}

function renderInline(nodes: Inline[], shared: Shared): ComponentChildren {
  return nodes.map((node, index) => {
    const held = node.kind === "text" ? holdMarks(node.text, nodes[index - 1], nodes[index + 1]) : null;
    return held ?? renderNode(node, index, shared);
  });
}

/** A source's mark stays on the line of the word before it, and the full stop on the line of the mark. */
function holdMarks(text: string, before: Inline | undefined, after: Inline | undefined): string {
  const start = before?.kind === "citation" ? "\u2060" : "";
  const held = after?.kind === "citation" ? text.replace(/ $/, "\u00a0") : text;
  return start + held.replace(LOOSE_NUMBER, "$1\u00a0").replace(LOOSE_RANGE, "$1–\u2060");
}

function renderNode(node: Inline, key: number, shared: Shared): ComponentChildren {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return <code key={key}>{node.text}</code>;
    case "strong":
      return <strong key={key}>{renderInline(node.children, shared)}</strong>;
    case "emphasis":
      return <em key={key}>{renderInline(node.children, shared)}</em>;
    case "deleted":
      return <del key={key}>{renderInline(node.children, shared)}</del>;
    case "break":
      return <br key={key} />;
    case "link":
      return (
        <a key={key} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {renderInline(node.children, shared)}
        </a>
      );
    case "citation":
      return renderCite(node.n, key, shared);
  }
}

function renderCite(n: number, key: number, { onCite, citeLabel, sources = 0, streaming }: Shared): ComponentChildren {
  if (streaming) return <span key={key} class="cite">{n}</span>;
  if (n < 1 || n > sources) return `[${n}]`;
  if (!onCite) return <span key={key} class="cite">{n}</span>;
  return (
    <button key={key} type="button" class="cite" aria-label={citeLabel?.(n)} onClick={() => onCite(n)}>
      {n}
    </button>
  );
}
