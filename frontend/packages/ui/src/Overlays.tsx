/** What floats above the page: tooltips, popovers and dialogs, on Radix for focus and keyboard. */
import { X } from "lucide-react";
import { Dialog as RadixDialog, Popover as RadixPopover, Tooltip as RadixTooltip } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { IconButton } from "./Button";
import { cx } from "./cx";
import { useFocusBack } from "./useFocusBack";

export const TooltipProvider = RadixTooltip.Provider;

interface TooltipProps {
  content: ReactNode;
  children: ReactElement;
  side?: "top" | "right" | "bottom" | "left";
}

export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={side}
          sideOffset={8}
          collisionPadding={8}
          className="fd-pop glass-overlay z-50 max-w-80 rounded-sm px-2 py-1 text-12 text-ink"
        >
          {content}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}

interface PopoverProps {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  className?: string | undefined;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function Popover({ trigger, label, children, side = "bottom", align = "start", className, ...state }: PopoverProps) {
  return (
    <RadixPopover.Root {...state}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={12}
          aria-label={label}
          className={cx("fd-pop glass-overlay z-50 w-80 max-w-[calc(100vw-24px)] rounded-lg p-4", className)}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  closeLabel: string;
  children: ReactNode;
  aside?: ReactNode;
  className?: string | undefined;
}

/** A sheet from the right on wide screens, the whole screen on phones. */
export function Sheet({ open, onOpenChange, title, closeLabel, children, aside, className }: DialogProps) {
  const focus = useFocusBack();
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fd-fade fixed inset-0 z-40 bg-[color-mix(in_srgb,var(--fd-canvas)_60%,transparent)]" />
        <RadixDialog.Content
          aria-describedby={undefined}
          {...focus}
          className={cx(
            "fd-sheet glass-overlay fixed inset-y-0 right-0 z-50 flex w-full flex-col sm:inset-y-2 sm:right-2 sm:w-[560px] sm:rounded-lg",
            className,
          )}
        >
          <header className="flex items-center gap-3 border-b border-hairline py-3 pr-3 pl-5">
            <RadixDialog.Title className="min-w-0 flex-1 truncate text-16 font-semibold">{title}</RadixDialog.Title>
            {aside}
            <RadixDialog.Close asChild>
              <IconButton label={closeLabel}>
                <X size={20} aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
