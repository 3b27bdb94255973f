import { CircleCheck, Ellipsis, Flag, Hand, Sparkles, UserMinus, UserPlus, X } from "lucide-react";
import type { ReactNode } from "react";
import { PRIORITIES } from "@frontdesk/api";
import { lowerFirst, useSpeech } from "@frontdesk/i18n";
import { IconButton, Menu, Tooltip, type MenuItem } from "@frontdesk/ui";
import { useBulk, type Change } from "../data/bulk";
import { useMe } from "../data/me";
import { selection, useSelection } from "./selection";

/** While rows are being chosen: how many, and what to do with them. */
export function BulkBar() {
  const { t, number } = useSpeech();
  const chosen = useSelection();
  const me = useMe();
  const bulk = useBulk();
  const none = chosen.size === 0 || bulk.isPending;
  const run = (change: Change) => {
    const tickets = [...chosen.values()];
    bulk.mutate({ tickets, change }, { onSuccess: () => selection.end() });
  };
  return (
    <div
      role="toolbar"
      aria-label={t("bulk.actions")}
      data-acts
      className="flex shrink-0 items-center gap-1 border-t border-hairline bg-surface-2 px-3 py-1.5"
    >
      <p role="status" className="mr-auto pl-2 text-13 font-medium whitespace-nowrap">
        {t("bulk.selected", { n: number(chosen.size) })}
      </p>
      <Tool name={t("work.resolve")} icon={<CircleCheck size={18} aria-hidden />} disabled={none} onUse={() => run({ status: "resolved" })} />
      {me ? (
        <Tool name={t("work.assignMe")} icon={<UserPlus size={18} aria-hidden />} disabled={none} onUse={() => run({ assignee: me.name })} />
      ) : null}
      <OtherChanges disabled={none} run={run} />
      <Tool name={t("bulk.clear")} icon={<X size={18} aria-hidden />} onUse={() => selection.end()} />
    </div>
  );
}

interface OtherChangesProps {
  disabled: boolean;
  run: (change: Change) => void;
}

/** How urgent they are, and whose. */
function OtherChanges({ disabled, run }: OtherChangesProps) {
  const { t, label } = useSpeech();
  const priorities: MenuItem[] = PRIORITIES.toReversed().map((priority) => ({
    key: priority,
    label: t("bulk.priority", { priority: lowerFirst(label("priority", priority)) }),
    icon: <Flag size={16} aria-hidden />,
    onChoose: () => run({ priority }),
  }));
  const owners: MenuItem[] = [
    { key: "take", label: t("work.takeOver"), icon: <Hand size={16} aria-hidden />, onChoose: () => run({ status: "escalated" }) },
    { key: "back", label: t("work.handBack"), icon: <Sparkles size={16} aria-hidden />, onChoose: () => run({ status: "ai_processing" }) },
    { key: "nobody", label: t("work.unassign"), icon: <UserMinus size={16} aria-hidden />, onChoose: () => run({ assignee: null }) },
  ];
  return (
    <Menu
      side="top"
      items={[...owners, ...priorities]}
      trigger={
        <IconButton label={t("bulk.more")} disabled={disabled}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      }
    />
  );
}

interface ToolProps {
  name: string;
  icon: ReactNode;
  disabled?: boolean;
  onUse: () => void;
}

function Tool({ name, icon, disabled = false, onUse }: ToolProps) {
  return (
    <Tooltip content={name}>
      <IconButton label={name} disabled={disabled} onClick={onUse}>
        {icon}
      </IconButton>
    </Tooltip>
  );
}
