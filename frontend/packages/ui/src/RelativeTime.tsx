import { useNow } from "./clock";

interface RelativeTimeProps {
  iso: string;
  /** Says a span of milliseconds in the interface language. */
  format: (ms: number) => string;
  title?: string;
  className?: string | undefined;
}

/** How long ago, kept true while the page stays open. A clock that lags behind the server's shows 0, never a minus. */
export function RelativeTime({ iso, format, title, className }: RelativeTimeProps) {
  const now = useNow();
  const ms = Math.max(0, now - Date.parse(iso));
  return (
    <time dateTime={iso} title={title} className={className}>
      {format(ms)}
    </time>
  );
}
