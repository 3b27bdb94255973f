/** What the admins' pages ask. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AuditQuery } from "@frontdesk/api";
import { admin } from "../data/client";

export const peopleQuery = queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => admin.people(signal) });

export const sessionsOfQuery = (id: string) =>
  queryOptions({ queryKey: ["people", id, "sessions"], queryFn: ({ signal }) => admin.sessionsOf(id, signal) });

export const keysQuery = queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => admin.keys(signal) });

const PAGE = 50;

export const auditQuery = (filters: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ["audit", filters],
    queryFn: ({ pageParam, signal }) => admin.audit({ ...filters, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
