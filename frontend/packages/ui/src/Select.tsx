import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import { cx } from "./cx";

interface Option {
  value: string;
  label: string;
}

interface SelectProps {
  label: string;
  value: string | null;
  /** Shown while there is no value. */
  placeholder: string;
  options: Option[];
  onChange: (value: string) => void;
  disabled?: boolean;
}

/** One of a list. Nothing is chosen before the list is opened: arrow keys alone change nothing. */
export function Select({ label, value, placeholder, options, onChange, disabled = false }: SelectProps) {
  return (
    <RadixSelect.Root value={value ?? ""} onValueChange={onChange} disabled={disabled}>
      <RadixSelect.Trigger
        aria-label={label}
        className={cx(
          "inline-flex h-8 w-44 max-w-full items-center justify-between gap-1 rounded-sm border border-hairline bg-surface-2 pr-1.5 pl-2.5 text-13 text-ink max-md:h-11",
          "transition-colors hover:border-hairline-strong disabled:opacity-50 data-[placeholder]:text-muted",
        )}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <ChevronDown size={16} aria-hidden className="shrink-0 text-muted" />
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="fd-pop glass-overlay z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg"
        >
          <RadixSelect.Viewport className="p-1">
            {options.map((option) => (
              <OptionItem key={option.value} option={option} />
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}

function OptionItem({ option }: { option: Option }) {
  return (
    <RadixSelect.Item
      value={option.value}
      className="flex h-9 cursor-default items-center gap-2 rounded-sm pr-3 pl-2 text-13 outline-none select-none max-md:h-11 data-[highlighted]:bg-surface-2"
    >
      <span className="size-4 shrink-0">
        <RadixSelect.ItemIndicator>
          <Check size={16} aria-hidden />
        </RadixSelect.ItemIndicator>
      </span>
      <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
    </RadixSelect.Item>
  );
}
