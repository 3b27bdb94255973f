/** The ticket that a link of an e-mail leads to, remembered while its reader proves who they are. */
import type { Route } from "./route";

const KEY = "portal.wanted";
let kept: string | null = null;

export function want(route: Route): void {
  if (route.page !== "ticket") return;
  kept = route.id;
  try {
    localStorage.setItem(KEY, route.id);
  } catch {
    // Storage is forbidden: it lasts as long as the page.
  }
}

/** Where to go after the sign-in; told once. */
export function wanted(): Route {
  let id = kept;
  kept = null;
  try {
    id = localStorage.getItem(KEY) ?? id;
    localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
  return id === null ? { page: "list" } : { page: "ticket", id };
}
