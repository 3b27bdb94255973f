import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { PersonIcon, SendIcon } from "./Icons";

interface ComposerProps {
  t: Texts;
  /** True while the panel is open and wants the focus here. */
  focus: boolean;
  prefill: { text: string; wish: number };
  offerPerson: boolean;
  offline: boolean;
  onSend: (text: string) => void;
  onTyped: () => void;
}

const MAX_HEIGHT_PX = 132;

export function Composer({ t, focus, prefill, offerPerson, offline, onSend, onTyped }: ComposerProps) {
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const empty = text.trim() === "";

  useEffect(() => {
    if (prefill.wish > 0) setText(prefill.text);
  }, [prefill]);
  useEffect(() => {
    // On a touch screen focus would raise the keyboard over the greeting, unless there is text to send.
    const touch = matchMedia("(pointer: coarse)").matches;
    if (focus && (!touch || prefill.text !== "")) input.current?.focus({ preventScroll: true });
  }, [focus, prefill]);
  useLayoutEffect(() => fit(input.current), [text, focus, offerPerson]);

  const send = () => {
    if (empty) return;
    onSend(text);
    setText("");
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <footer class="composer">
      <div class={offerPerson ? "composer-box" : "composer-box composer-short"}>
        <textarea
          ref={input}
          data-testid="fd-input"
          rows={1}
          dir="auto"
          value={text}
          placeholder={t.placeholder}
          aria-label={t.inputLabel}
          onInput={(event) => {
            setText(event.currentTarget.value);
            onTyped();
          }}
          onKeyDown={onKeyDown}
        />
        <div class="composer-row">
          {offerPerson && (
            <button
              type="button"
              class="ask-person"
              data-testid="fd-person"
              disabled={offline}
              onClick={() => onSend(t.askPersonMessage)}
            >
              <PersonIcon size={14} />
              {t.askPerson}
            </button>
          )}
          <button type="button" class="send" data-testid="fd-send" aria-label={t.send} title={t.send} disabled={empty} onClick={send}>
            <SendIcon size={20} />
          </button>
        </div>
      </div>
    </footer>
  );
}

/** Grows with its text, up to five lines. */
function fit(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  element.style.height = "auto";
  element.style.height = `${Math.min(element.scrollHeight, MAX_HEIGHT_PX)}px`;
}
