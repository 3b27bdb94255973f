/** What the desk asks of a password (the server checks the same), and an estimate of how hard it is to guess. */
export const SHORTEST = 10;
export const LONGEST = 200;
const FEWEST_DIFFERENT = 4;

export type Rule = "length" | "variety" | "notEmail";

/** The rules that the password breaks. */
export function broken(password: string, email = ""): Rule[] {
  const rules: Rule[] = [];
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST) rules.push("length");
  if (new Set(password).size < FEWEST_DIFFERENT) rules.push("variety");
  if (email && isAddress(password, email)) rules.push("notEmail");
  return rules;
}

function isAddress(password: string, email: string): boolean {
  const address = email.toLowerCase();
  return [address, address.split("@")[0]].includes(password.toLowerCase());
}

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u];
const BITS_OF_CLASS = [26, 26, 10, 32];
/** From here on a password is good, very good. */
const GOOD_BITS = 60;
const STRONG_BITS = 85;

export type Strength = 0 | 1 | 2 | 3;

/** 0 breaks a rule, 3 withstands long guessing. Repeated characters count once and a half. */
export function strength(password: string, email = ""): Strength {
  if (broken(password, email).length > 0) return 0;
  const alphabet = CLASSES.reduce((sum, has, index) => sum + (has.test(password) ? (BITS_OF_CLASS[index] ?? 0) : 0), 0);
  const different = new Set(password).size;
  const counted = Math.min(password.length, different * 1.5);
  const bits = counted * Math.log2(Math.max(alphabet, 2));
  return bits >= STRONG_BITS ? 3 : bits >= GOOD_BITS ? 2 : 1;
}
