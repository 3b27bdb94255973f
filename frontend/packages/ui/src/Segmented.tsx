import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

interface SegmentedProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: ReactNode }[];
}

/** One of a few views of the same thing. Pressing the chosen one again changes nothing. */
export function Segmented({ label, value, onChange, options }: SegmentedProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        if (next) onChange(next);
      }}
      className="inline-flex shrink-0 gap-0.5 rounded-sm bg-surface-2 p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="h-7 max-md:h-11 rounded-[6px] px-2.5 text-12 font-medium whitespace-nowrap text-muted transition-colors hover:text-ink data-[state=on]:bg-overlay-solid data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
