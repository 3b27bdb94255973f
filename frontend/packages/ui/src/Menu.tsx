import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

export interface MenuItem {
  key: string;
  label: string;
  icon?: ReactNode;
  /** The key that does the same. */
  hint?: string;
  onChoose: () => void;
}

interface MenuProps {
  trigger: ReactElement;
  items: MenuItem[];
  side?: "top" | "bottom";
  align?: "start" | "end";
}

/** Things to do, each done by choosing it. */
export function Menu({ trigger, items, side = "bottom", align = "end" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className="fd-pop glass-overlay z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-lg p-1"
        >
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.key}
              onSelect={item.onChoose}
              className="flex h-9 cursor-default items-center gap-2 rounded-sm px-2 text-13 outline-none select-none max-md:h-11 data-[highlighted]:bg-surface-2"
            >
              {item.icon ? <span className="shrink-0 text-muted">{item.icon}</span> : null}
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              {item.hint ? <span className="ml-4 font-mono text-12 text-muted">{item.hint}</span> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
