/** Two facts that survive a page change on the host: the panel was open, and there is a conversation. */

function storage(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

function remember(kind: "localStorage" | "sessionStorage", key: string, on: boolean): void {
  try {
    if (on) storage(kind)?.setItem(key, "1");
    else storage(kind)?.removeItem(key);
  } catch {
    return;
  }
}

export const memory = {
  wasOpen: () => storage("sessionStorage")?.getItem("frontdesk:open") === "1",
  isActive: () => storage("localStorage")?.getItem("frontdesk:active") === "1",
  setOpen: (on: boolean) => remember("sessionStorage", "frontdesk:open", on),
  setActive: (on: boolean) => remember("localStorage", "frontdesk:active", on),
};
