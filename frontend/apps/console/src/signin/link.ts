/** The one-time link that brought somebody here. Its token stands behind `#`, and leaves the address bar at once. */
const LINK = /^#(invitation|reset|sign_in|first_admin)=([\w.~-]{1,200})$/;

const REFUSAL = /^#error=\w+$/;

export type LinkKind = "invitation" | "reset" | "sign_in" | "first_admin";

export interface SignInLink {
  kind: LinkKind;
  token: string;
}

let taken: SignInLink | null = null;
let refused = false;

/** The link of the address, or the one that was taken from it before. */
export function takeLink(): SignInLink | null {
  const found = LINK.exec(location.hash);
  if (found) taken = { kind: found[1] as LinkKind, token: found[2] ?? "" };
  if (REFUSAL.test(location.hash)) refused = true;
  else if (!found) return taken;
  history.replaceState(history.state, "", location.pathname + location.search);
  return taken;
}

/** Whether the identity provider's way back ended here without a sign-in. */
export function wasRefused(): boolean {
  return refused;
}

/** After it was used, or where somebody goes on without it. */
export function forgetLink(): void {
  taken = null;
}
