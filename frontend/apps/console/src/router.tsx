/**
 * The console's addresses. All pages are in one script: those beside the inbox weigh 9 KB together, and a page that had
 * to be fetched first could not be opened without a connection.
 *
 * The narrowed inbox is part of the address of everything under it.
 */
import { createRootRoute, createRoute, createRouter, type RouterHistory } from "@tanstack/react-router";
import { isLanguage, type Language } from "@frontdesk/i18n";
import { parseFilter, type InboxFilter } from "./data/filter";
import { InboxLayout } from "./inbox/InboxLayout";
import { DocumentPane } from "./knowledge/DocumentPane";
import { KnowledgePage } from "./knowledge/KnowledgePage";
import { LearningPage } from "./learning/LearningPage";
import { LivePage } from "./live/LivePage";
import { Crashed } from "./shell/Crashed";
import { NotFound } from "./shell/NotFound";
import { Root } from "./shell/Staff";
import { SignInPage } from "./signin/SignInPage";
import { NoTicket } from "./ticket/NoTicket";
import { TicketPage } from "./ticket/TicketPage";

export interface InboxSearch extends InboxFilter {
  /** On narrow screens the details take the conversation's place. */
  pane?: "details";
}

export function parseInboxSearch(search: Record<string, unknown>): InboxSearch {
  const filter = parseFilter(search);
  return search.pane === "details" ? { ...filter, pane: "details" } : filter;
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

export const inboxRoute = createRoute({
  getParentRoute: () => root,
  id: "inbox",
  validateSearch: parseInboxSearch,
  component: InboxLayout,
});

const inboxIndex = createRoute({ getParentRoute: () => inboxRoute, path: "/", component: NoTicket });

export const ticketRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "/tickets/$ticketId",
  component: TicketPage,
});

const liveRoute = createRoute({
  getParentRoute: () => root,
  path: "/live",
  component: LivePage,
});

export interface KnowledgeSearch {
  q?: string;
  lang?: Language;
}

export function parseKnowledgeSearch(search: Record<string, unknown>): KnowledgeSearch {
  const parsed: KnowledgeSearch = {};
  if (typeof search.q === "string" && search.q.trim()) parsed.q = search.q;
  if (isLanguage(search.lang)) parsed.lang = search.lang;
  return parsed;
}

export const knowledgeRoute = createRoute({
  getParentRoute: () => root,
  path: "/knowledge",
  validateSearch: parseKnowledgeSearch,
  component: KnowledgePage,
});

export const documentRoute = createRoute({
  getParentRoute: () => knowledgeRoute,
  path: "/$documentId",
  component: DocumentPane,
});

const learningRoute = createRoute({
  getParentRoute: () => root,
  path: "/learning",
  component: LearningPage,
});

export interface SignInSearch {
  /** The page that was asked for. */
  next?: string;
  why?: "ended";
}

export function parseSignInSearch({ next, why }: Record<string, unknown>): SignInSearch {
  const parsed: SignInSearch = {};
  if (typeof next === "string" && next.startsWith("/")) parsed.next = next;
  if (why === "ended") parsed.why = why;
  return parsed;
}

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: parseSignInSearch,
  component: SignInPage,
});

const tree = root.addChildren([
  inboxRoute.addChildren([inboxIndex, ticketRoute]),
  liveRoute,
  knowledgeRoute.addChildren([documentRoute]),
  learningRoute,
  signInRoute,
]);

export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({ routeTree: tree, basepath: "/console", defaultPreload: false, defaultErrorComponent: Crashed, history });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
