/** Every question the pages ask, with its cache key. Fresh by the socket, so nothing is asked on a timer. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import type { Channel, Message } from "@frontdesk/api";
import type { Language } from "@frontdesk/i18n";
import { api } from "./client";
import { toQuery, type InboxFilter } from "./filter";

const PAGE = 50;

export const keys = {
  lists: ["tickets"] as const,
  groups: (filter: InboxFilter) => ["groups", filter] as const,
  list: (filter: InboxFilter) => ["tickets", filter] as const,
  ticket: (id: string) => ["ticket", id] as const,
  messages: (id: string) => ["messages", id] as const,
  timeline: (id: string) => ["timeline", id] as const,
  escalations: (id: string) => ["escalations", id] as const,
  actions: (id: string) => ["actions", id] as const,
  reach: (id: string) => ["reach", id] as const,
  draft: (id: string, seq: number) => ["draft", id, seq] as const,
  score: (id: string) => ["score", id] as const,
  analytics: ["analytics"] as const,
  classifiers: ["classifiers"] as const,
};

/** What the desk says of itself, in the reader's language. */
export const deskQuery = (language: Language) =>
  queryOptions({ queryKey: ["desk", language], queryFn: ({ signal }) => api.desk(language, signal), placeholderData: keepPreviousData });

/** How many tickets a person owes an answer, and how many not; how many were put off, or have a watched topic. */
export const groupsQuery = (filter: InboxFilter) =>
  queryOptions({
    queryKey: keys.groups(filter),
    queryFn: async ({ signal }) => {
      const { groups, snoozed, matches } = await api.tickets({ ...toQuery(filter), limit: 1 }, signal);
      return { ...groups, snoozed, matches };
    },
  });

export const ticketsQuery = (filter: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: keys.list(filter),
    queryFn: ({ pageParam, signal }) => api.tickets({ ...toQuery(filter), limit: PAGE, page: pageParam }, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.pagination.has_next ? last.pagination.page + 1 : undefined),
  });

export const ticketQuery = (id: string) =>
  queryOptions({ queryKey: keys.ticket(id), queryFn: ({ signal }) => api.ticket(id, signal) });

/** The whole conversation, however many pages the server cuts it into. */
async function allMessages(id: string, signal: AbortSignal): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const page = await api.messages(id, all.at(-1)?.seq, signal);
    all.push(...page.messages);
    if (!page.has_more || page.messages.length === 0) return all;
  }
}

export const messagesQuery = (id: string) =>
  queryOptions({ queryKey: keys.messages(id), queryFn: ({ signal }) => allMessages(id, signal) });

export const timelineQuery = (id: string) =>
  queryOptions({ queryKey: keys.timeline(id), queryFn: ({ signal }) => api.timeline(id, signal) });

export const escalationsQuery = (id: string) =>
  queryOptions({ queryKey: keys.escalations(id), queryFn: ({ signal }) => api.escalations(id, signal) });

export const actionsQuery = (id: string) =>
  queryOptions({ queryKey: keys.actions(id), queryFn: ({ signal }) => api.actions(id, signal) });

/** Of the customer's last message: when they write again, another is made. Nobody asks for it before it is wanted. */
export const draftQuery = (id: string, seq: number) =>
  queryOptions({ queryKey: keys.draft(id, seq), queryFn: ({ signal }) => api.draft(id, signal), staleTime: Infinity, retry: false });

/** Asked again whenever `stand`, how the ticket or the message stands, is another. */
export const reachQuery = (id: string, stand: string) =>
  queryOptions({ queryKey: [...keys.reach(id), stand], queryFn: ({ signal }) => api.reach(id, signal), staleTime: 60_000 });

/** What this operator watches for. */
export const alertsQuery = queryOptions({ queryKey: ["topic-alerts"], queryFn: ({ signal }) => api.topicAlerts(signal) });

export const macrosQuery = queryOptions({ queryKey: ["macros"], queryFn: ({ signal }) => api.macros(signal) });

/** Of the ticket as it stands, and of what was typed after the slash. */
export const offeredMacrosQuery = (id: string, q: string) =>
  queryOptions({ queryKey: ["offered-macros", id, q], queryFn: ({ signal }) => api.offeredMacros(id, q, signal), staleTime: 30_000, placeholderData: keepPreviousData });

/** Asked for once for a ticket: completing itself asks nobody. */
export const phrasesQuery = (id: string) =>
  queryOptions({ queryKey: ["phrases", id], queryFn: ({ signal }) => api.phrases(id, signal), staleTime: 600_000, retry: false });

export const templatesQuery = (channel: Channel, account: string) =>
  queryOptions({ queryKey: ["templates", channel, account], queryFn: ({ signal }) => api.templates(channel, account, signal), retry: false });

export const channelsQuery = queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => api.channels(signal), staleTime: 300_000 });

/** A score moves with time, so an old explanation is asked for anew. */
export const scoreQuery = (id: string) =>
  queryOptions({ queryKey: keys.score(id), queryFn: ({ signal }) => api.scoreBreakdown(id, signal), staleTime: 60_000 });

export const analyticsQuery = queryOptions({ queryKey: keys.analytics, queryFn: ({ signal }) => api.analytics(signal) });

export const classifiersQuery = queryOptions({
  queryKey: keys.classifiers,
  queryFn: ({ signal }) => api.classifiers(signal),
});

export const documentsQuery = (lang: Language | undefined) =>
  infiniteQueryOptions({
    queryKey: ["documents", lang ?? "all"],
    queryFn: ({ pageParam, signal }) => api.documents({ lang, page: pageParam }, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.pagination.has_next ? last.pagination.page + 1 : undefined),
  });

export const documentQuery = (id: string) =>
  queryOptions({ queryKey: ["document", id], queryFn: ({ signal }) => api.document(id, signal), staleTime: 300_000 });

export const searchQuery = (q: string) =>
  queryOptions({ queryKey: ["kb-search", q], queryFn: ({ signal }) => api.searchKnowledge(q, 5, signal), staleTime: 60_000 });

export function refetchAll(client: QueryClient): void {
  void client.invalidateQueries();
}
