import { AlarmClock, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button, Sheet, TextField } from "@frontdesk/ui";
import { ACTS, snoozing, useAct, useToldAct } from "../data/acts";
import { notices } from "../shared/notices";
import { Refusal } from "../shared/Refusal";
import { fieldValue, snoozeTimes } from "./times";

interface SnoozeSheetProps {
  ticket: Ticket;
  onClose: () => void;
}

/** Until when, by one press, and what to do then. */
export function SnoozeSheet({ ticket, onClose }: SnoozeSheetProps) {
  const { t } = useSpeech();
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t("snooze.title", { number: ticket.ticket_number })}
      closeLabel={t("common.close")}
      className="sm:w-[440px]"
    >
      <SnoozeForm ticket={ticket} onDone={onClose} />
    </Sheet>
  );
}

function useSnooze(ticket: Ticket, onDone: () => void) {
  const { t, when } = useSpeech();
  const act = useAct(ticket);
  const undo = useToldAct(ticket);
  const snooze = (at: Date, note: string) => {
    const until = at.toISOString();
    act.mutate(snoozing(until, note.trim()), {
      onSuccess: () => {
        const action = { label: t("work.undo"), run: () => undo(ACTS.wake) };
        notices.show({ tone: "quiet", text: t("snooze.done", { at: when(until) }), action });
        onDone();
      },
    });
  };
  return { snooze, busy: act.isPending, error: act.error };
}

function SnoozeForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useSpeech();
  const [note, setNote] = useState(ticket.snooze_note);
  const { snooze, busy, error } = useSnooze(ticket, onDone);
  return (
    <div className="flex flex-col gap-5 p-5">
      <TextField
        label={t("snooze.note")}
        hint={t("snooze.noteHint")}
        maxLength={500}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Times busy={busy} onChoose={(at) => snooze(at, note)} />
      <OtherTime busy={busy} onChoose={(at) => snooze(at, note)} />
      <Refusal error={error} />
      <p className="text-13 text-pretty text-muted">
        {t("snooze.sooner")} {ticket.owner === "person" ? null : t("snooze.takesOver")}
      </p>
    </div>
  );
}

interface ChoiceProps {
  busy: boolean;
  onChoose: (at: Date) => void;
}

function Times({ busy, onChoose }: ChoiceProps) {
  const { t, when } = useSpeech();
  const [times] = useState(() => snoozeTimes(new Date()));
  return (
    <ul className="flex flex-col overflow-hidden rounded-lg border border-hairline">
      {times.map(({ name, at }) => (
        <li key={name} className="border-b border-hairline last:border-b-0">
          <button
            type="button"
            disabled={busy}
            onClick={() => onChoose(at)}
            className="flex h-11 w-full items-center gap-3 px-3 text-left text-14 -outline-offset-2 transition-colors hover:bg-surface-2 disabled:opacity-50"
          >
            <AlarmClock size={16} aria-hidden className="shrink-0 text-muted" />
            <span className="min-w-0 flex-1 truncate">{t(`snooze.${name}`)}</span>
            <span className="shrink-0 text-13 text-muted tabular-nums">{when(at.toISOString())}</span>
            <ChevronRight size={16} aria-hidden className="shrink-0 text-muted" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function OtherTime({ busy, onChoose }: ChoiceProps) {
  const { t } = useSpeech();
  const [least] = useState(() => fieldValue(new Date(Date.now() + 60_000)));
  const [value, setValue] = useState("");
  const at = new Date(value);
  return (
    <form
      noValidate
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (value) onChoose(at);
      }}
    >
      <div className="min-w-0 flex-1">
        <TextField
          label={t("snooze.other")}
          type="datetime-local"
          min={least}
          value={value}
          onChange={({ target }) => setValue(target.value)}
          className="[color-scheme:inherit]"
        />
      </div>
      <Button type="submit" className="h-11" disabled={busy || !value || value < least}>
        {t("snooze.set")}
      </Button>
    </form>
  );
}
