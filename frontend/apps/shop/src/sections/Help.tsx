import { Shanyrak } from "../art/Mark";
import { askInChat } from "../frontdesk";
import type { Texts } from "../texts";

export function Help({ t }: { t: Texts }) {
  return (
    <section class="page section" id="help">
      <div class="help">
        <Shanyrak />
        <div class="help-text">
          <h2>{t.helpTitle}</h2>
          <p>{t.helpText}</p>
        </div>
        <ul>
          {t.helpQuestions.map((question) => (
            <li key={question}>
              <button type="button" onClick={() => askInChat(question)}>
                {question}
                <span aria-hidden="true">→</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
