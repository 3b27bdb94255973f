import type { Texts } from "../i18n";
import { ArrowIcon } from "./Icons";

interface WelcomeProps {
  t: Texts;
  suggestions: string[];
  onAsk: (text: string) => void;
}

export function Welcome({ t, suggestions, onAsk }: WelcomeProps) {
  return (
    <main class="welcome">
      <h2>{t.greeting}</h2>
      <p class="welcome-intro">{t.intro}</p>
      <p class="eyebrow" id="fd-asked">
        {t.suggestionsTitle}
      </p>
      <ul class="suggestions" aria-labelledby="fd-asked">
        {suggestions.map((text) => (
          <li key={text}>
            <button type="button" onClick={() => onAsk(text)}>
              <span>{text}</span>
              <ArrowIcon />
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}
