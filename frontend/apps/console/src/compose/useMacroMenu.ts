import { useQuery } from "@tanstack/react-query";
import { useState, type KeyboardEvent, type RefObject } from "react";
import type { OfferedMacro, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { api } from "../data/client";
import { offeredMacrosQuery } from "../data/queries";
import { failureText } from "../shared/failure";
import { notices } from "../shared/notices";
import { firstGap } from "./gaps";
import { slashAt, type Slash } from "./slash";
import type { Writing } from "./useWriting";

type Field = RefObject<HTMLTextAreaElement | null>;

export interface MacroMenuState {
  open: boolean;
  offers: OfferedMacro[] | undefined;
  active: number;
  /** Looks at what stands before the caret. */
  look: () => void;
  /** Whether the key was the menu's. */
  onKey: (event: KeyboardEvent) => boolean;
  choose: (offer: OfferedMacro) => void;
  begin: () => void;
  close: () => void;
}

/** The menu of macros: a slash at the beginning of a line opens it, what follows narrows it. */
export function useMacroMenu(ticket: Ticket, field: Field, writing: Writing): MacroMenuState {
  const [slash, setSlash] = useState<Slash | null>(null);
  const [active, setActive] = useState(0);
  const query = slash?.query ?? "";
  const { data: offers } = useQuery({ ...offeredMacrosQuery(ticket.ticket_id, query), enabled: slash !== null });
  const close = () => setSlash(null);
  const insert = useInserting(ticket, field, writing);

  const choose = (offer: OfferedMacro) => {
    if (slash) insert(offer, slash);
    close();
  };
  const look = () => {
    const { current } = field;
    const next = current && !writing.isNote ? slashAt(current.value, current.selectionStart) : null;
    if (next?.query !== query) setActive(0);
    setSlash(next);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (!slash) return false;
    const deed = deedsOfKeys(offers ?? [], active, { setActive, choose, close })[event.key];
    if (!deed) return false;
    event.preventDefault();
    event.stopPropagation();
    deed();
    return true;
  };
  const begin = () => {
    const gap = writing.text === "" || writing.text.endsWith("\n") ? "" : "\n";
    const text = `${writing.text}${gap}/`;
    writing.write(text);
    setSlash({ start: text.length - 1, query: "" });
    field.current?.focus();
  };
  return { open: slash !== null, offers, active, look, onKey, choose, begin, close };
}

type Deeds = Pick<MacroMenuState, "choose" | "close"> & { setActive: (active: number) => void };

function deedsOfKeys(offers: OfferedMacro[], active: number, { setActive, choose, close }: Deeds): Record<string, () => void> {
  const offer = offers[active];
  const count = Math.max(offers.length, 1);
  return {
    ArrowDown: () => setActive((active + 1) % count),
    ArrowUp: () => setActive((active + count - 1) % count),
    Escape: close,
    ...(offer ? { Enter: () => choose(offer), Tab: () => choose(offer) } : {}),
  };
}

/** Its text takes the place of the slash and of what follows it; where it only does something, that is done at once. */
function useInserting(ticket: Ticket, field: Field, { text, change }: Writing) {
  const { t } = useSpeech();
  return ({ content, ...macro }: OfferedMacro, { start, query }: Slash) => {
    const behind = text.slice(start + 1).replace(/^[^\n]*/, (line) => (line.trim() === query ? "" : line.slice(query.length)));
    const whole = text.slice(0, start) + content + behind;
    const { tags, assignee, priority, resolve } = macro.actions;
    const does = tags.length > 0 || assignee !== null || priority !== null || resolve;
    change({ text: whole, touched: true, ...(does && content ? { macro } : {}) });
    if (does && !content) {
      api.doMacro(ticket.ticket_id, macro.macro_id).then(
        () => notices.show({ tone: "quiet", text: t("macros.used", { name: macro.name }) }),
        (error: Error) => notices.show({ tone: "danger", text: t("work.failed", { why: failureText(error, t) }) }),
      );
    }
    requestAnimationFrame(() => {
      const gap = firstGap(whole);
      const caret = start + content.length;
      field.current?.focus();
      field.current?.setSelectionRange(...(gap ?? ([caret, caret] as const)));
    });
  };
}
