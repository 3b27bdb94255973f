import { Link } from "@tanstack/react-router";
import { Hand } from "lucide-react";
import { cx } from "@frontdesk/ui";
import type { InboxFilter } from "../data/filter";

interface StatCardProps {
  name: string;
  value: string;
  note: string | null;
  /** The tickets behind the number. */
  search: InboxFilter;
  signal?: "attention" | undefined;
}

export function StatCard({ name, value, note, search, signal }: StatCardProps) {
  return (
    <Link
      to="/"
      search={search}
      className="glass flex min-h-28 max-md:last:odd:col-span-2 flex-col rounded-lg px-5 py-4 transition-colors hover:border-hairline-strong"
    >
      <span className="flex items-center gap-1.5 text-13 text-muted">
        {signal ? <Hand size={14} aria-hidden className="text-attention" /> : null}
        {name}
      </span>
      <span className={cx("mt-1 text-28 font-semibold tracking-tight", signal && "text-attention")}>{value}</span>
      <span className="mt-auto text-12 text-muted">{note}</span>
    </Link>
  );
}
