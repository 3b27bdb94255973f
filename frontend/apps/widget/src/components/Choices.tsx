import type { Texts } from "../i18n";

interface ChoicesProps {
  t: Texts;
  choices: readonly string[];
  onChoose: (text: string) => void;
}

/** The replies that a question offers: pressing one sends it. */
export function Choices({ t, choices, onChoose }: ChoicesProps) {
  if (choices.length === 0) return null;
  return (
    <div class="choices" role="group" aria-label={t.choices} data-testid="fd-choices">
      {choices.map((text) => (
        <button key={text} type="button" onClick={() => onChoose(text)}>
          {text}
        </button>
      ))}
    </div>
  );
}
