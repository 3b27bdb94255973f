import { User } from "lucide-react";
import { cx } from "./cx";

/** Up to two initials; letters of any script, none for what has no letters (a phone number, an address). */
export function initials(name: string | null): string {
  if (!name) return "";
  const words = name.split(/[\s._@-]+/u).filter((word) => /^\p{L}/u.test(word));
  const letters = words.map((word) => [...word][0] ?? "");
  const chosen = letters.length > 2 ? [letters[0], letters.at(-1)] : letters;
  return chosen.join("").toLocaleUpperCase();
}

export function Avatar({ name, className }: { name: string | null; className?: string }) {
  const letters = initials(name);
  return (
    <span
      aria-hidden
      className={cx(
        "inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-surface-2 text-12 font-medium text-muted",
        className,
      )}
    >
      {letters || <User size={16} />}
    </span>
  );
}
