import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { PersonIcon, SendIcon, SparkIcon } from "./Icons";

interface ComposerProps {
  t: Texts;
  /** True while the panel is open and wants the focus here. */
  focus: boolean;
  prefill: { text: string; wish: number };
  /** Who can be asked for besides: a person, or the assistant while a person is awaited. */
  offer: "person" | "assistant" | null;
  offline: boolean;
  onSend: (text: string, toAssistant?: boolean) => void;
  onTyped: () => void;
}

const MAX_HEIGHT_PX = 132;

export function Composer(props: ComposerProps) {
  const { t, offer, offline, onSend } = props;
  const { input, text, setText } = useField(props);
  const [asked, setAsked] = useState(false);
  const toAssistant = asked && offer === "assistant";
  const empty = text.trim() === "";
  const send = () => {
    if (empty) return;
    onSend(text, toAssistant);
    setText("");
    setAsked(false);
    input.current?.focus();
  };
  const toggle = () => {
    setAsked(!toAssistant);
    input.current?.focus();
  };
  return (
    <footer class="composer">
      <div class={`composer-box${offer ? "" : " composer-short"}${toAssistant ? " composer-assistant" : ""}`}>
        <Field {...props} toAssistant={toAssistant} input={input} text={text} setText={setText} send={send} />
        <div class="composer-row">
          {offer === "person" && <AskPerson t={t} disabled={offline} onAsk={() => onSend(t.askPersonMessage)} />}
          {offer === "assistant" && <AskAssistant t={t} on={toAssistant} onToggle={toggle} />}
          <SendButton t={t} disabled={empty} onSend={send} />
        </div>
      </div>
    </footer>
  );
}

interface FieldProps extends Pick<ComposerProps, "t" | "onTyped"> {
  input: RefObject<HTMLTextAreaElement | null>;
  toAssistant: boolean;
  text: string;
  setText: (text: string) => void;
  send: () => void;
}

function Field({ t, input, toAssistant, text, setText, send, onTyped }: FieldProps) {
  return (
    <textarea
      ref={input}
      data-testid="fd-input"
      rows={1}
      dir="auto"
      value={text}
      placeholder={toAssistant ? t.toAssistant : t.placeholder}
      aria-label={toAssistant ? t.toAssistant : t.inputLabel}
      onInput={(event) => {
        setText(event.currentTarget.value);
        onTyped();
      }}
      onKeyDown={(event) => {
        if (!isSending(event)) return;
        event.preventDefault();
        send();
      }}
    />
  );
}

/** Enter sends; with Shift, or while an input method composes, it is for the text. */
function isSending(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

/** The field's text and element: filled and focused by the page's wish, as tall as its text. */
function useField({ focus, prefill, offer }: ComposerProps) {
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (prefill.wish > 0) setText(prefill.text);
  }, [prefill]);
  useEffect(() => {
    // On a touch screen focus would raise the keyboard over the greeting, unless there is text to send.
    const touch = matchMedia("(pointer: coarse)").matches;
    if (focus && (!touch || prefill.text !== "")) input.current?.focus({ preventScroll: true });
  }, [focus, prefill]);
  useLayoutEffect(() => fit(input.current), [text, focus, offer]);
  return { input, text, setText };
}

function SendButton({ t, disabled, onSend }: { t: Texts; disabled: boolean; onSend: () => void }) {
  return (
    <button type="button" class="send" data-testid="fd-send" aria-label={t.send} title={t.send} disabled={disabled} onClick={onSend}>
      <SendIcon size={20} />
    </button>
  );
}

function AskPerson({ t, disabled, onAsk }: { t: Texts; disabled: boolean; onAsk: () => void }) {
  return (
    <button type="button" class="ask-person" data-testid="fd-person" disabled={disabled} onClick={onAsk}>
      <PersonIcon size={14} />
      {t.askPerson}
    </button>
  );
}

/** The next message is for the assistant; the person keeps the conversation. */
function AskAssistant({ t, on, onToggle }: { t: Texts; on: boolean; onToggle: () => void }) {
  return (
    <button type="button" class="ask-person ask-assistant" data-testid="fd-assistant" aria-pressed={on} onClick={onToggle}>
      <SparkIcon size={14} />
      {t.askAssistant}
    </button>
  );
}

/** Grows with its text, up to five lines. */
function fit(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  element.style.height = "auto";
  element.style.height = `${Math.min(element.scrollHeight, MAX_HEIGHT_PX)}px`;
}
