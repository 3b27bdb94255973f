/** Where a sign-in leads: only to pages of this very origin, whatever the address says. */
const HOME = "/console/";
const SIGN_IN = "/console/sign-in";

/** What is no page of this origin, or the sign-in itself, becomes the inbox. */
export function safeNext(next: string | undefined): URL {
  const home = new URL(HOME, location.origin);
  if (!next?.startsWith("/")) return home;
  try {
    const url = new URL(next, location.origin);
    return url.origin !== location.origin || url.pathname.startsWith(SIGN_IN) ? home : url;
  } catch {
    return home;
  }
}

/** Whether the console's own router knows the page; the others are loaded. */
export function isOfConsole({ pathname }: URL): boolean {
  return pathname.startsWith(HOME);
}
