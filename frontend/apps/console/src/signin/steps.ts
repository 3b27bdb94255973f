/** The steps of the sign-in page, and which comes first. */
import type { SignInLink } from "./link";

export type Step =
  | { name: "password"; notice?: "late" }
  | { name: "code"; challenge: string; factors: readonly string[] }
  | { name: "forgotten"; email: string }
  | { name: "link"; link: SignInLink };

export function firstStep(link: SignInLink | null): Step {
  return link ? { name: "link", link } : { name: "password" };
}
