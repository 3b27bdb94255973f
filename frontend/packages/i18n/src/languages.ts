/** The three interface languages and how one is chosen: what was chosen before, else the browser's, else Russian. */
export const LANGUAGES = ["ru", "kk", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language under its own name, as a switcher shows it. */
export const LANGUAGE_NAMES: Record<Language, string> = { ru: "Русский", kk: "Қазақша", en: "English" };
export const LANGUAGE_SHORT: Record<Language, string> = { ru: "РУ", kk: "ҚАЗ", en: "EN" };

const STORE_KEY = "fd.language";
const FALLBACK: Language = "ru";

export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && (LANGUAGES as readonly string[]).includes(value);
}

export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split("-")[0];
    if (isLanguage(primary)) return primary;
  }
  return FALLBACK;
}

/** Private windows may forbid storage: then the choice lasts as long as the page. */
export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORE_KEY);
  } catch {
    return null;
  }
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORE_KEY, language);
  } catch {
    return;
  }
}
