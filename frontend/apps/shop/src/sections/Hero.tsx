import { Steppe } from "../art/Steppe";
import { frontdesk } from "../frontdesk";
import type { Texts } from "../texts";

export function Hero({ t }: { t: Texts }) {
  return (
    <section class="page" id="top">
      <div class="hero">
        <Steppe />
        <div class="hero-text">
          <h1>{t.heroTitle}</h1>
          <p>{t.heroText}</p>
          <div class="hero-actions">
            <a class="button button-gold" href="#catalogue">
              {t.heroAction}
            </a>
            <button type="button" class="button button-glass" onClick={() => frontdesk("open")}>
              {t.heroAsk}
            </button>
          </div>
        </div>
        <p class="hero-note">
          <span aria-hidden="true" />
          {t.heroNote}
        </p>
      </div>
    </section>
  );
}
