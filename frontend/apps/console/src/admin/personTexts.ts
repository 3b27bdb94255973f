import type { Person } from "@frontdesk/api";
import type { useSpeech } from "@frontdesk/i18n";

type Speech = ReturnType<typeof useSpeech>;

/** Which tickets are there for this person, in words. */
export function limitsText({ categories, channels }: Pick<Person, "categories" | "channels">, t: Speech["t"], label: Speech["label"]): string {
  const names = [
    ...(categories ?? []).map((category) => label("category", category)),
    ...(channels ?? []).map((channel) => label("channel", channel)),
  ];
  return names.length === 0 ? t("team.all") : names.join(", ");
}

/** Null where only the password is asked for. */
export function factorsText({ has_totp, has_passkey }: Pick<Person, "has_totp" | "has_passkey">, t: Speech["t"]): string | null {
  if (has_totp && has_passkey) return t("team.both");
  if (has_totp) return t("team.totp");
  return has_passkey ? t("team.passkey") : null;
}
