import { AlertDialog } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Button } from "./Button";
import { useFocusBack } from "./useFocusBack";

interface ConfirmProps {
  open: boolean;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What may be given along, such as a reason. */
  field?: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
  /** While the act runs neither button does anything. */
  busy: boolean;
  /** Why the act failed; the dialog stays for another try. */
  error: string | null;
  onConfirm: () => void;
  onCancel: () => void;
  /** Where the focus goes afterwards if what had it is gone. */
  fallback: RefObject<HTMLElement | null>;
}

/** Asks before something is done; the focus starts on the way out. */
export function Confirm({ open, title, children, field, confirmLabel, cancelLabel, busy, error, onConfirm, onCancel, fallback }: ConfirmProps) {
  const focus = useFocusBack(fallback);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next || busy ? undefined : onCancel())}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fd-fade fixed inset-0 z-40 bg-[color-mix(in_srgb,var(--fd-canvas)_60%,transparent)]" />
        <AlertDialog.Content
          {...focus}
          className="fd-fade glass-overlay fixed inset-x-4 bottom-4 z-50 mx-auto max-w-[440px] rounded-lg p-5 sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2"
        >
          <AlertDialog.Title className="text-16 font-semibold text-balance">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-13 text-pretty text-muted">{children}</AlertDialog.Description>
          {field}
          {error ? (
            <p role="alert" className="mt-3 text-13 text-danger">
              {error}
            </p>
          ) : null}
          <div className="mt-5 flex justify-end gap-2 max-sm:flex-col-reverse">
            <AlertDialog.Cancel asChild>
              <Button disabled={busy} className="max-sm:h-11">
                {cancelLabel}
              </Button>
            </AlertDialog.Cancel>
            <Button variant="primary" disabled={busy} aria-busy={busy} onClick={onConfirm} className="max-sm:h-11">
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
