/**
 * The console's addresses. The pages beside the inbox come in scripts of their own, which are fetched as soon as the
 * first page is at rest: by the time that somebody wants one, it opens also without a connection. The account and the
 * admins' pages are of no use without one: they are fetched when they are opened.
 *
 * The narrowed inbox is part of the address of everything under it.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from "@tanstack/react-router";
import { isLanguage, loadWords, type Language } from "@frontdesk/i18n";
import { parseAuditSearch } from "./admin/auditSearch";
import { parseFilter, type InboxFilter } from "./data/filter";
import { InboxLayout } from "./inbox/InboxLayout";
import { Crashed } from "./shell/Crashed";
import { NotFound } from "./shell/NotFound";
import { Root } from "./shell/Staff";
import { NoTicket } from "./ticket/NoTicket";

const withTools = async <Page,>(page: Promise<Page>): Promise<Page> => (await Promise.all([page, loadWords("tools")]))[0];
const ticket = () => withTools(import("./ticket/TicketPage"));
const macros = () => withTools(import("./macros/MacrosPage"));
const knowledge = () => import("./knowledge/pages");
const learning = () => import("./learning/LearningPage");
const signIn = () => import("./signin/SignInPage");
const figures = () => import("./live/LivePage");
const account = () => import("./account/AccountPage");
const admin = async () => (await Promise.all([import("./admin/pages"), loadWords("admin")]))[0];

export function fetchPages(): void {
  for (const page of [ticket, macros, figures, knowledge, learning, signIn]) page().catch(() => undefined);
}

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
  component: lazyRouteComponent(ticket, "TicketPage"),
});

const liveRoute = createRoute({
  getParentRoute: () => root,
  path: "/live",
  component: lazyRouteComponent(figures, "LivePage"),
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
  component: lazyRouteComponent(knowledge, "KnowledgePage"),
});

export const documentRoute = createRoute({
  getParentRoute: () => knowledgeRoute,
  path: "/$documentId",
  component: lazyRouteComponent(knowledge, "DocumentPane"),
});

const macrosRoute = createRoute({
  getParentRoute: () => root,
  path: "/macros",
  component: lazyRouteComponent(macros, "MacrosPage"),
});

const learningRoute = createRoute({
  getParentRoute: () => root,
  path: "/learning",
  component: lazyRouteComponent(learning, "LearningPage"),
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
  component: lazyRouteComponent(signIn, "SignInPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(account, "AccountPage"),
});

const teamRoute = createRoute({
  getParentRoute: () => root,
  path: "/team",
  component: lazyRouteComponent(admin, "TeamPage"),
});

const keysRoute = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: lazyRouteComponent(admin, "KeysPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(admin, "AuditPage"),
});

const channelsRoute = createRoute({
  getParentRoute: () => root,
  path: "/channels",
  component: lazyRouteComponent(admin, "ChannelsPage"),
});

const tree = root.addChildren([
  inboxRoute.addChildren([inboxIndex, ticketRoute]),
  liveRoute,
  knowledgeRoute.addChildren([documentRoute]),
  macrosRoute,
  learningRoute,
  signInRoute,
  accountRoute,
  teamRoute,
  keysRoute,
  auditRoute,
  channelsRoute,
]);

export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({ routeTree: tree, basepath: "/console", defaultPreload: false, defaultErrorComponent: Crashed, history });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
