import { CircleAlert, Info } from "lucide-react";
import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import { flushSync } from "react-dom";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { waitText } from "../shared/useAttempt";

interface FormProps {
  submit: string;
  busy: boolean;
  /** Seconds until another attempt is possible. */
  wait?: number;
  /** Why the last attempt failed. */
  problem?: string | null;
  notice?: string | null;
  onSubmit: () => void;
  children: ReactNode;
  /** Other ways on. */
  below?: ReactNode;
}

/** The browser's own bubbles speak the browser's language, so the fields tell what they miss by themselves. */
export function Form({ submit, busy, wait = 0, problem, notice, onSubmit, children, below }: FormProps) {
  const { t } = useSpeech();
  const form = useFocusOnFault(busy, problem ?? null);
  return (
    <form
      ref={form}
      noValidate
      className="mt-7 flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        flushSync(onSubmit);
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      }}
    >
      {notice ? (
        <p role="status" className="flex gap-2 rounded-sm bg-surface-2 px-3 py-2.5 text-13 text-pretty">
          <Info size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
          {notice}
        </p>
      ) : null}
      {children}
      {problem ? <Problem>{problem}</Problem> : null}
      <Button type="submit" variant="primary" disabled={busy || wait > 0} aria-busy={busy} className="h-11 w-full text-14">
        {wait > 0 ? t("signIn.waitFor", { time: waitText(wait, t) }) : busy ? t("signIn.busy") : submit}
      </Button>
      {below}
    </form>
  );
}

/** After a refusal the last field, mostly the secret one, is ready to be typed anew. */
function useFocusOnFault(busy: boolean, problem: string | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (busy || problem === null) return;
    [...(form.current?.querySelectorAll("input") ?? [])].at(-1)?.select();
  }, [busy, problem]);
  return form;
}

export function Problem({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="flex gap-2 rounded-sm bg-tint-danger px-3 py-2.5 text-13 text-pretty">
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}

export const TEXT_LINK =
  "inline-flex items-center gap-1.5 rounded-sm text-13 text-muted underline-offset-4 transition-colors hover:text-ink hover:underline max-md:min-h-11";

/** The first field of a step has the focus when the step comes. */
export function useFirstFocus<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}
