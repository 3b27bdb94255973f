import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { Button, IconButton } from "@frontdesk/ui";
import { notices, useNotices, type Notice } from "../shared/notices";

/** Stands in a corner, over everything, and goes by itself; told aloud without taking the focus. */
export function Notices() {
  const shown = useNotices();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-3 bottom-20 z-50 flex flex-col items-center gap-2 md:bottom-4">
      {shown.map((notice) => (
        <Line key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Line({ notice }: { notice: Notice }) {
  const { t } = useSpeech();
  const { action } = notice;
  const danger = notice.tone === "danger";
  const Icon = danger ? TriangleAlert : CircleCheck;
  return (
    <div className="glass-overlay pointer-events-auto flex max-w-[480px] items-center gap-3 rounded-lg py-1.5 pr-1.5 pl-4 text-13">
      <Icon size={16} aria-hidden className={danger ? "shrink-0 text-danger" : "shrink-0 text-muted"} />
      <p className="min-w-0 flex-1 py-1 text-pretty [overflow-wrap:anywhere]">{notice.text}</p>
      {action ? (
        <Button
          size="sm"
          onClick={() => {
            notices.dismiss(notice.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton label={t("work.dismiss")} onClick={() => notices.dismiss(notice.id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
