import { Plus, X } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { changing, useToldAct } from "../data/acts";

const LONGEST = 60;

/** What the ticket is found by besides its category: taken off and put on by hand. */
export function Tags({ ticket }: { ticket: Ticket }) {
  const { t, label } = useSpeech();
  const act = useToldAct(ticket);
  const { tags } = ticket;
  const set = (next: string[]) => act(changing({ tags: next }));
  return (
    <div data-acts role="group" aria-label={t("work.tags")} className="mt-3 flex flex-wrap items-center gap-1.5">
      {tags.map((tag) => (
        <Tag key={tag} name={label("tag", tag)} onRemove={() => set(tags.filter((other) => other !== tag))} />
      ))}
      <AddTag onAdd={(tag) => (tags.includes(tag) ? undefined : set([...tags, tag]))} />
    </div>
  );
}

function Tag({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useSpeech();
  return (
    <span className="inline-flex h-6 max-w-full items-center rounded-full bg-surface-2 pl-2 text-12 font-medium text-muted max-md:h-11 max-md:pl-4">
      <span className="truncate">{name}</span>
      <button
        type="button"
        aria-label={t("work.removeTag", { tag: name })}
        onClick={onRemove}
        className="flex size-6 shrink-0 items-center justify-center rounded-full hover:text-ink max-md:size-11"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}

function AddTag({ onAdd }: { onAdd: (tag: string) => void }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (open) return <TagField onAdd={onAdd} onClose={close} />;
  return (
    <Button ref={opener} size="sm" variant="ghost" className="h-6 rounded-full" onClick={() => setOpen(true)}>
      <Plus size={14} aria-hidden />
      {t("work.addTag")}
    </Button>
  );
}

interface TagFieldProps {
  onAdd: (tag: string) => void;
  onClose: () => void;
}

/** A word of the list stands for its code, so that it is found in every language. */
function useCodeOf(): (word: string) => string {
  const { label, codes } = useSpeech();
  return (word) => codes("tag").find((code) => label("tag", code).toLocaleLowerCase() === word.toLocaleLowerCase()) ?? word;
}

/** Enter adds and goes on; leaving it empty, or Escape, ends it. */
function TagField({ onAdd, onClose }: TagFieldProps) {
  const { t, label, codes } = useSpeech();
  const codeOf = useCodeOf();
  const [text, setText] = useState("");
  const list = useId();
  const word = text.trim().replaceAll(/\s+/g, " ");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape" || !word) return onClose();
    onAdd(codeOf(word));
    setText("");
  };
  return (
    <>
      <input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever opened the field is about to write in it
        autoFocus
        aria-label={t("work.newTag")}
        list={list}
        value={text}
        maxLength={LONGEST}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => (word ? undefined : onClose())}
        onKeyDown={onKeyDown}
        className="h-7 w-36 rounded-full border border-hairline-strong bg-surface-1 px-3 text-12 text-ink max-md:h-11"
      />
      <datalist id={list}>
        {codes("tag").map((code) => (
          <option key={code}>{label("tag", code)}</option>
        ))}
      </datalist>
    </>
  );
}
