import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface CardProps {
  title: string;
  text: string;
  note?: string;
  icon?: ComponentChildren;
  children?: ComponentChildren;
}

/** One thing in the middle of the page; its heading is read first. */
export function Card({ title, text, note, icon, children }: CardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [title]);
  return (
    <main class="card-page">
      <section class="card">
        {note && (
          <p class="note" role="status">
            {note}
          </p>
        )}
        {icon && <span class="card-icon">{icon}</span>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="muted card-text">{text}</p>
        {children}
      </section>
    </main>
  );
}
