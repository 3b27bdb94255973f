import { useState } from "react";

const STORE_KEY = "fd.inbox.rest";

function stored(): string | null {
  try {
    return localStorage.getItem(STORE_KEY);
  } catch {
    return null;
  }
}

/** Whether what needs nobody is folded away: it is, until somebody opens it; remembered where the browser allows it. */
export function useFolded(): [boolean, (folded: boolean) => void] {
  const [folded, setFolded] = useState(() => stored() !== "open");
  const change = (next: boolean) => {
    setFolded(next);
    try {
      localStorage.setItem(STORE_KEY, next ? "folded" : "open");
    } catch {
      // Storage is forbidden: the choice lasts as long as the page.
    }
  };
  return [folded, change];
}
