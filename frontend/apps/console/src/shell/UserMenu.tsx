import { UserRound } from "lucide-react";
import { useState } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { Avatar, cx, Popover, Tooltip } from "@frontdesk/ui";
import { useMe } from "../data/me";
import { DisplaySettings } from "./DisplaySettings";
import { UserPanel } from "./UserPanel";

/** The person's own corner of the rail. */
export function UserMenu() {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const me = useMe();
  if (!me) return null;
  const name = me.person ? me.name : t("user.operator");
  const label = t("user.menu", { name });
  return (
    <Popover
      label={label}
      side="right"
      align="end"
      className="w-72"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" aria-label={label} className="mt-1 flex size-10 items-center justify-center rounded-full">
          <Tooltip content={name} side="right">
            <span>
              <Avatar name={me.person ? me.name : null} className="size-8 transition-colors hover:text-ink" />
            </span>
          </Tooltip>
        </button>
      }
    >
      <UserPanel onLeave={() => setOpen(false)} />
    </Popover>
  );
}

/** The same on a phone, with what else has no place in the bar. */
export function MoreMenu({ className }: { className: string }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={t("nav.more")}
      side="top"
      align="end"
      className="max-h-[calc(100dvh-96px)] w-72 overflow-y-auto"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={cx(className, "text-muted")}>
          <UserRound size={20} aria-hidden />
          {t("nav.more")}
        </button>
      }
    >
      <div className="flex flex-col gap-4">
        <UserPanel onLeave={() => setOpen(false)} />
        <div className="border-t border-hairline pt-4">
          <DisplaySettings />
        </div>
      </div>
    </Popover>
  );
}
