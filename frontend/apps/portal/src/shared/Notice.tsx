/** A page or a pane that has nothing to show, and what to do about it. */
import type { ComponentChildren } from "preact";

interface NoticeProps {
  title: string;
  text?: string;
  children?: ComponentChildren;
  alert?: boolean;
}

export function Notice({ title, text, children, alert = false }: NoticeProps) {
  return (
    <div class="notice" role={alert ? "alert" : undefined}>
      <p class="notice-title">{title}</p>
      {text && <p class="muted">{text}</p>}
      {children}
    </div>
  );
}

export function Skeletons({ count, label }: { count: number; label: string }) {
  return (
    <div class="skeletons" role="status">
      <span class="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} class="skeleton" />
      ))}
    </div>
  );
}
