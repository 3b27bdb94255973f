/** What the admins' pages ask. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AuditQuery } from "@frontdesk/api";
import { admin } from "../data/client";
import { channelsQuery } from "../data/queries";

export const peopleQuery = queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => admin.people(signal) });

export const sessionsOfQuery = (id: string) =>
  queryOptions({ queryKey: ["people", id, "sessions"], queryFn: ({ signal }) => admin.sessionsOf(id, signal) });

export const keysQuery = queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => admin.keys(signal) });

const ROUND = 60_000;

/** The desk asks the providers each minute. */
export const channelHealthQuery = queryOptions({
  ...channelsQuery,
  select: (accounts) =>
    accounts
      .filter(({ account }) => account !== API_ACCOUNT)
      .toSorted((a, b) => Number(b.health === "trouble") - Number(a.health === "trouble")),
  refetchInterval: ROUND,
  staleTime: ROUND / 2,
});

/** The API takes tickets of every channel, which makes none of them an account. */
const API_ACCOUNT = "api";

const PAGE = 50;

export const auditQuery = (filters: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ["audit", filters],
    queryFn: ({ pageParam, signal }) => admin.audit({ ...filters, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
