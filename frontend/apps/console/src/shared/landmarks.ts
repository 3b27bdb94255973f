/** Places that skip links and keys lead to. */
export const MAIN_ID = "main";
export const CONVERSATION_ID = "conversation";

/** About a second: longer than a ticket takes to come. */
const FRAMES = 60;

/** Moves the focus to what may be about to be drawn: a row far down the list, a conversation that is being loaded. */
export function focusWhenDrawn(id: string, frames = FRAMES): void {
  const target = document.getElementById(id);
  if (target) target.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(id, frames - 1));
}
