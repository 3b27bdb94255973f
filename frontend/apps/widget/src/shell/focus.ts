const FOCUSABLE = "a[href], button:not([disabled]), textarea:not([disabled]), [tabindex='0']";

/** On a phone the chat is a dialog over the whole page: Tab goes round in it. */
export function keepTabInside(root: HTMLElement, event: KeyboardEvent): void {
  const stops = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [stops.at(0), stops.at(-1)];
  const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (!leaving || !first || !last) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

/** To the field for the next message; not on a touch screen, where the keyboard would rise over what is read. */
export function focusField(root: HTMLElement | null): void {
  if (!matchMedia("(pointer: coarse)").matches) root?.querySelector("textarea")?.focus({ preventScroll: true });
}
