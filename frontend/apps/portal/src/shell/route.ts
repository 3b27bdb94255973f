/** Where in the portal somebody is, as the address says. */
import { useEffect, useState } from "preact/hooks";

export type Route = { page: "list" } | { page: "new" } | { page: "enter"; token: string } | { page: "ticket"; id: string };

const BASE = "/portal";
const MOVED = "portal:moved";

export function routeOf(path: string, hash: string): Route {
  const rest = path.startsWith(BASE) ? path.slice(BASE.length).replace(/\/+$/, "") : "";
  if (rest === "/enter") return { page: "enter", token: hash.replace(/^#/, "") };
  if (rest === "/new") return { page: "new" };
  const ticket = /^\/tickets\/([^/]+)$/.exec(rest)?.[1];
  return ticket === undefined ? { page: "list" } : { page: "ticket", id: decoded(ticket) };
}

export function pathOf(route: Route): string {
  if (route.page === "ticket") return `${BASE}/tickets/${encodeURIComponent(route.id)}`;
  return route.page === "list" ? `${BASE}/` : `${BASE}/${route.page}`;
}

export function go(route: Route, { replace = false } = {}): void {
  history[replace ? "replaceState" : "pushState"](null, "", pathOf(route));
  window.dispatchEvent(new Event(MOVED));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.pathname, location.hash));
  useEffect(() => {
    const look = () => setRoute(routeOf(location.pathname, location.hash));
    for (const name of ["popstate", "hashchange", MOVED]) window.addEventListener(name, look);
    return () => {
      for (const name of ["popstate", "hashchange", MOVED]) window.removeEventListener(name, look);
    };
  }, []);
  return route;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
