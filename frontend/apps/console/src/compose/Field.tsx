import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, TextArea } from "@frontdesk/ui";
import type { After } from "../data/outgoing";
import { phrasesQuery } from "../data/queries";
import { completionOf } from "./completion";
import { GhostText } from "./GhostText";
import { MacroMenu } from "./MacroMenu";
import type { MacroMenuState } from "./useMacroMenu";
import type { Writing } from "./useWriting";

/** Enter sends where a keyboard is: on a touch screen it begins a line. */
const BY_TOUCH = typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;

/** Enter sends, with Shift it begins a line, with Ctrl or ⌘ it also resolves. */
function sendingOf(event: KeyboardEvent): After | null {
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey) return null;
  if (event.ctrlKey || event.metaKey) return "resolve";
  return BY_TOUCH ? null : "nothing";
}

interface FieldProps {
  ticket: Ticket;
  field: RefObject<HTMLTextAreaElement | null>;
  writing: Writing;
  menu: MacroMenuState;
  onSend: (after: After) => void;
}

/** What would follow what stands in the field, while its end is being written. */
function useGhost(ticket: Ticket, { isNote, text }: Writing): [string, (writing: boolean) => void] {
  const [atEnd, setAtEnd] = useState(false);
  const { data: phrases } = useQuery({ ...phrasesQuery(ticket.ticket_id), enabled: atEnd && !isNote });
  return [atEnd && !isNote && phrases ? completionOf(text, phrases) : "", setAtEnd];
}

interface FieldKeys {
  menu: MacroMenuState;
  /** What would follow. */
  rest: string;
  take: () => void;
  onSend: (after: After) => void;
}

/** First the open menu's keys, then Tab for what would follow, then those that send. */
function useFieldKeys({ menu, rest, take, onSend }: FieldKeys) {
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (menu.onKey(event)) return;
    const takes = event.key === "Tab" && !event.shiftKey && rest !== "";
    const after = takes ? null : sendingOf(event);
    if (!takes && after === null) return;
    event.preventDefault();
    if (after === null) take();
    else onSend(after);
  };
}

export function Field({ ticket, field, writing, menu, onSend }: FieldProps) {
  const { t } = useSpeech();
  const { isNote, text, write } = writing;
  const [rest, setAtEnd] = useGhost(ticket, writing);
  const list = useId();
  // In which the customer reads.
  const lang = isNote ? undefined : (ticket.language ?? undefined);
  const look = (target: HTMLTextAreaElement) => {
    setAtEnd(target.selectionStart === target.value.length);
    menu.look();
  };
  const leave = () => (setAtEnd(false), menu.close());
  const onKeyDown = useFieldKeys({ menu, rest, take: () => write(text + rest), onSend });
  return (
    <div className="relative">
      <MacroMenu id={list} menu={menu} />
      <GhostText text={text} rest={menu.open ? "" : rest} lang={lang} />
      <TextArea
        ref={field}
        aria-label={t(isNote ? "compose.noteField" : "compose.replyField")}
        aria-controls={menu.open ? list : undefined}
        aria-activedescendant={menu.open && menu.offers?.length ? `${list}-${menu.active}` : undefined}
        aria-autocomplete="both"
        placeholder={t(isNote ? "compose.noteHint" : "compose.replyHint")}
        value={text}
        rows={2}
        lang={lang}
        onChange={({ target }) => {
          write(target.value);
          look(target);
        }}
        onSelect={({ currentTarget }) => look(currentTarget)}
        onBlur={leave}
        onKeyDown={onKeyDown}
        className={cx("relative max-h-[32dvh] min-h-16", isNote && "border-dashed border-hairline-strong")}
      />
    </div>
  );
}
