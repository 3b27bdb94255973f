import type { NewPerson, Person } from "@frontdesk/api";
import type { useSpeech } from "@frontdesk/i18n";
import { emailFault } from "../shared/EmailField";
import type { Draft, DraftFaults } from "./PersonFields";

export const EMPTY: Draft = { name: "", email: "", role: "manager", categories: [], channels: [] };

export function draftOf({ name, email, role, categories, channels }: Person): Draft {
  return { name, email, role, categories: categories ?? [], channels: channels ?? [] };
}

/** As the API takes it: no limit is null, and an admin has none. */
export function fieldsOf({ name, email, role, categories, channels }: Draft): NewPerson {
  const limit = <Name>(names: Name[]) => (role === "admin" || names.length === 0 ? null : names);
  return { name: name.trim(), email: email.trim(), role, categories: limit(categories), channels: limit(channels) };
}

export function draftFaults({ name, email }: Draft, t: ReturnType<typeof useSpeech>["t"]): DraftFaults {
  const odd = emailFault(email, t);
  return { ...(name.trim() ? {} : { name: t("signIn.nameMissing") }), ...(odd ? { email: odd } : {}) };
}
