import { useRef, type RefObject } from "react";

/** For dialogs without a trigger of their own: the focus returns to what had it, or to `fallback` where that is gone. */
export function useFocusBack(fallback?: RefObject<HTMLElement | null>) {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const back = opener.current?.isConnected ? opener.current : fallback?.current;
      if (back instanceof HTMLElement) back.focus();
    },
  };
}
