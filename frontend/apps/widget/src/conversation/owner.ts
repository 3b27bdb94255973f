/** Whose conversation it is, as far as this browser can tell. */
import type { Identity } from "../api";

/** `guest`, `claimed:<who>` or `verified:<who>`: each has records of its own in the browser. */
export type Owner = string;

export const GUEST: Owner = "guest";

/** A claim and a proof are two owners: a page that only states a customer id never meets that customer's session. */
export function ownerOf(identity: Identity | null): Owner {
  const who = identity?.customer_id ?? identity?.email ?? identity?.phone ?? identity?.name;
  if (!who) return GUEST;
  return `${identity?.identity_hash ? "verified" : "claimed"}:${who}`;
}

/** Whether the conversation goes on under the new name: a guest says who they are, a claim is proven. */
export function growsInto(before: Owner, after: Owner): boolean {
  if (before === GUEST) return after !== GUEST;
  return before.startsWith("claimed:") && after === before.replace("claimed:", "verified:");
}
