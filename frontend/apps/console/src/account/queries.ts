/** What the account page asks. */
import { queryOptions } from "@tanstack/react-query";
import { access } from "../data/client";

export const sessionsKey = ["me", "sessions"] as const;

export const sessionsQuery = queryOptions({ queryKey: sessionsKey, queryFn: ({ signal }) => access.sessions(signal) });

export const passkeysQuery = queryOptions({ queryKey: ["me", "passkeys"], queryFn: ({ signal }) => access.passkeys(signal) });
