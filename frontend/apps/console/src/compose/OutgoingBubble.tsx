import { Clock, Lock, TriangleAlert, WifiOff } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, cx } from "@frontdesk/ui";
import type { Outgoing } from "../data/outgoing";
import { outgoing } from "../data/sender";
import { failureText } from "../shared/failure";
import { Prose } from "../shared/Prose";
import { begunReplies } from "./begun";

interface OutgoingBubbleProps {
  sent: Outgoing;
  /** Another of the same ticket goes before it. */
  behind: boolean;
}

/** What was written, as it will stand, while the desk has not taken it yet. */
export function OutgoingBubble({ sent, behind }: OutgoingBubbleProps) {
  const note = sent.kind === "note";
  return (
    <article className="mt-4 flex max-w-[88%] flex-col items-end gap-1 self-end md:max-w-[80%]">
      <div
        className={cx(
          "min-w-0 rounded-lg rounded-tr-[4px] px-4 py-2.5",
          note ? "border border-dashed border-hairline-strong" : "bg-tint-human",
        )}
      >
        <Prose text={sent.content} />
      </div>
      <div role="status" className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1 px-1 text-12 text-muted">
        <State sent={sent} behind={behind} />
        {sent.state === "sending" ? null : <Ways sent={sent} />}
      </div>
    </article>
  );
}

function State({ sent, behind }: OutgoingBubbleProps) {
  const { t } = useSpeech();
  if (sent.state === "sending") return <Line icon={<Clock size={14} aria-hidden />}>{t("compose.sending")}</Line>;
  if (sent.error === "network") return <Line icon={<WifiOff size={14} aria-hidden />}>{t("compose.waits")}</Line>;
  if (sent.state === "failed") {
    const why = failureText(new ApiError(0, sent.error ?? "", ""), t);
    return (
      <Line danger icon={<TriangleAlert size={14} aria-hidden />}>
        {t("compose.failed", { why })}
      </Line>
    );
  }
  if (behind) return <Line icon={<Clock size={14} aria-hidden />}>{t("compose.next")}</Line>;
  return <Countdown until={sent.leavesAt} note={sent.kind === "note"} />;
}

function Countdown({ until, note }: { until: number; note: boolean }) {
  const { t } = useSpeech();
  const seconds = useSecondsUntil(until);
  const Icon = note ? Lock : Clock;
  return (
    // A clock that is read aloud each second would drown everything else.
    <span aria-live="off" className="inline-flex items-center gap-1">
      <Icon size={14} aria-hidden />
      {t("compose.leaves", { n: seconds })}
    </span>
  );
}

function useSecondsUntil(until: number): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  });
  return seconds;
}

function Line({ icon, danger = false, children }: { icon: ReactNode; danger?: boolean; children: ReactNode }) {
  return (
    <span className={cx("inline-flex items-center gap-1", danger && "text-danger")}>
      {icon}
      {children}
    </span>
  );
}

function Ways({ sent }: { sent: Outgoing }) {
  const { t } = useSpeech();
  const held = sent.state === "held";
  return (
    <>
      <Button
        size="sm"
        onClick={() => {
          const back = outgoing.takeBack(sent.key);
          if (back) begunReplies.giveBack(back);
        }}
      >
        {t(held ? "compose.undo" : "compose.edit")}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => outgoing.sendNow(sent.key)}>
        {t(held ? "compose.now" : "compose.retry")}
      </Button>
    </>
  );
}
