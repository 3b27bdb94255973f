/** Tells the console's other tabs, which share the cookies, that somebody signed in or out here. */
export type SignInNews = "in" | "out";

const NAME = "frontdesk.sign-in";
let channel: BroadcastChannel | null = null;

/** One for the page: a channel hears what others of its name say, and nothing of its own. */
function opened(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  return (channel ??= new BroadcastChannel(NAME));
}

export function tellOtherTabs(news: SignInNews): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin and takes none
  opened()?.postMessage(news);
}

/** Until the returned function is called. */
export function hearOtherTabs(listener: (news: SignInNews) => void): () => void {
  const heard = ({ data }: MessageEvent<unknown>) => {
    if (data === "in" || data === "out") listener(data);
  };
  opened()?.addEventListener("message", heard);
  return () => channel?.removeEventListener("message", heard);
}
