/** Who is signed in, and what they may do: what one may not do is not offered. */
import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { ApiError, type Me, type Permission, type SignedIn } from "@frontdesk/api";
import { access } from "./client";

/** Without repetition: the page waits for it, and comes without rights where there is no answer. */
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => access.me(signal), retry: false });

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** False also while nothing is known yet. */
export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

export function isSignedOut(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Nothing of whoever had this tab stays in it, but for what everybody may know of the desk. */
export function forgetPerson(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "desk" });
  client.getMutationCache().clear();
}

export function takeOver(client: QueryClient, { person, permissions, csrf_token }: SignedIn): void {
  forgetPerson(client);
  const me: Me = { kind: "person", id: person.person_id, name: person.name, permissions, person, csrf_token };
  client.setQueryData(meQuery.queryKey, me);
}
