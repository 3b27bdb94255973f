/** The languages there are, apart from their texts: the loader needs no more. */

export const LOCALES = ["ru", "kk", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** The nearest of our languages; Russian where nothing fits, as the desk's default. */
export function toLocale(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const base = wish?.toLowerCase().split(/[-_]/)[0];
    const locale = LOCALES.find((known) => known === base);
    if (locale) return locale;
  }
  return "ru";
}
