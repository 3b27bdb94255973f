import { useMutation } from "@tanstack/react-query";
import { ApiError } from "@frontdesk/api";
import { useEffect, useState } from "react";
import type { useSpeech } from "@frontdesk/i18n";
import { failureText } from "./failure";

interface Attempt<Values> {
  run: (values: Values) => void;
  busy: boolean;
  error: Error | null;
  /** Seconds until the server listens again; 0 where it does. */
  wait: number;
  forget: () => void;
}

/** Something that the server may refuse, or refuse for a while. */
export function useAttempt<Values, Result>(act: (values: Values) => Promise<Result>, onDone: (result: Result) => void): Attempt<Values> {
  const [wait, beginWait] = useCountdown();
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: onDone,
    onError: (error) => beginWait(error instanceof ApiError && error.status === 429 ? (error.retryAfter ?? 1) : 0),
    networkMode: "always",
  });
  return {
    run: (values) => (mutation.isPending || wait > 0 ? undefined : mutation.mutate(values)),
    busy: mutation.isPending,
    error: mutation.error,
    wait,
    forget: mutation.reset,
  };
}

/** Seconds that are left, and what begins a wait. */
function useCountdown(): [number, (seconds: number) => void] {
  const [end, setEnd] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (end === 0) return;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) setEnd(0);
    }, 250);
    return () => clearInterval(timer);
  }, [end]);
  const begin = (seconds: number) => {
    setLeft(seconds);
    setEnd(seconds === 0 ? 0 : Date.now() + seconds * 1000);
  };
  return [left, begin];
}

type Translate = ReturnType<typeof useSpeech>["t"];

/** A wait, never told shorter than it is. */
export function waitText(seconds: number, t: Translate): string {
  return seconds < 60 ? t("time.seconds", { n: seconds }) : t("time.minutes", { n: Math.ceil(seconds / 60) });
}

/** Why it was refused; `words` has the page's own words for some codes. */
export function attemptText(error: Error, t: Translate, words: Partial<Record<string, string>> = {}): string {
  const api = error instanceof ApiError ? error : null;
  if (api?.status === 429) return t("signIn.tooMany", { time: waitText(api.retryAfter ?? 1, t) });
  return (api && words[api.code]) ?? t("signIn.failed", { why: failureText(error, t) });
}
