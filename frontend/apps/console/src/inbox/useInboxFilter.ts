import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { parseFilter, type InboxFilter } from "../data/filter";

/** The inbox's filter as the address has it, and a way to change it without leaving the open ticket. */
export function useInboxFilter() {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { status, channel, category, sentiment, risk_min, group, snoozed } = search;
  const filter = useMemo(
    () => parseFilter({ status, channel, category, sentiment, risk_min, group, snoozed }),
    [status, channel, category, sentiment, risk_min, group, snoozed],
  );
  const setFilter = (next: InboxFilter) => void navigate({ to: ".", search: parseFilter({ ...next }), replace: true });
  return { filter, setFilter };
}
