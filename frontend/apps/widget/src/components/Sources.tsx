import { safeHref } from "@frontdesk/markdown";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Texts } from "../i18n";
import type { Source } from "../protocol";
import { LinkIcon } from "./Icons";
import { isWeak } from "./match";

interface SourcesProps {
  t: Texts;
  id: string;
  sources: readonly Source[];
  opened: number | null;
  onToggle: (n: number) => void;
}

/** Numbered as the answer's text numbers them; one opens its quote at a time. */
export function Sources({ t, id, sources, opened, onToggle }: SourcesProps) {
  const shown = opened === null ? undefined : sources[opened - 1];
  return (
    <section class="sources" aria-label={t.sources}>
      <ol>
        {sources.map((source, index) => (
          <li key={index}>
            <button
              type="button"
              class="source"
              data-testid="fd-source"
              aria-expanded={opened === index + 1}
              aria-controls={`quote-${id}`}
              onClick={() => onToggle(index + 1)}
            >
              <span class="source-number">{index + 1}</span>
              <span class="source-title">{nameOf(t, source, sources)}</span>
            </button>
          </li>
        ))}
      </ol>
      <div id={`quote-${id}`}>{shown && <Quote t={t} source={shown} />}</div>
    </section>
  );
}

/** An order is a source too; its bare number would say little. */
function titleOf(t: Texts, source: Source): string {
  const [kind, number] = source.doc_id.split(":");
  return kind === "order" && number && source.title === number ? t.order(number) : source.title;
}

/** Of two from one article, each is named by the part it is from. */
function nameOf(t: Texts, source: Source, sources: readonly Source[]): string {
  const shares = sources.some((other) => other !== source && other.title === source.title);
  return (shares && source.heading) || titleOf(t, source);
}

function Quote({ t, source }: { t: Texts; source: Source }) {
  const href = source.url ? safeHref(source.url) : null;
  const figure = useRef<HTMLElement>(null);
  useLayoutEffect(() => figure.current?.scrollIntoView({ block: "nearest" }), [source]);
  const heading = source.heading && source.heading !== source.title ? source.heading : null;
  return (
    <figure class="quote" ref={figure} data-testid="fd-quote" data-weak={isWeak(source)}>
      <figcaption>
        {titleOf(t, source)}
        {heading && <span>{heading}</span>}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <blockquote tabIndex={0} aria-label={titleOf(t, source)}>
        {source.quote}
      </blockquote>
      {href && (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {t.openSource}
          <LinkIcon size={14} />
        </a>
      )}
    </figure>
  );
}
