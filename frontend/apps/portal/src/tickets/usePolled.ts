/** Something that is read again and again while somebody looks at it. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Polled<T> {
  value: T | null;
  /** Of the latest look; what was seen before stays. */
  failure: unknown;
  look: () => Promise<void>;
}

/** `read` must be stable; `pause` says how many milliseconds later to look again. */
export function usePolled<T>(read: () => Promise<T>, pause: (value: T | null) => number): Polled<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const latest = useRef(0);
  const look = useCallback(async () => {
    const turn = ++latest.current;
    try {
      const next = await read();
      // An answer that was overtaken by a later one would show the past.
      if (turn !== latest.current) return;
      setValue(next);
      setFailure(null);
    } catch (error) {
      if (turn === latest.current) setFailure(error);
    }
  }, [read]);
  useEffect(() => {
    setValue(null);
    setFailure(null);
    void look();
    return () => {
      latest.current += 1;
    };
  }, [look]);
  useRepeated(look, pause(value));
  return { value, failure, look };
}

function useRepeated(look: () => Promise<void>, pause: number): void {
  useEffect(() => {
    const lookIfSeen = () => {
      if (document.visibilityState === "visible") void look();
    };
    const timer = setInterval(lookIfSeen, pause);
    document.addEventListener("visibilitychange", lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookIfSeen);
    };
  }, [look, pause]);
}
