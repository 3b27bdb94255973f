import { Art } from "../art/Art";
import { askInChat } from "../frontdesk";
import { priceOf, type Product, PRODUCTS } from "../products";
import type { Locale, Texts } from "../texts";

export function Catalogue({ t, locale }: { t: Texts; locale: Locale }) {
  return (
    <section class="page section" id="catalogue">
      <h2>{t.catalogueTitle}</h2>
      <ul class="catalogue">
        {PRODUCTS.map((product) => (
          <Card key={product.drawing} t={t} locale={locale} product={product} />
        ))}
      </ul>
    </section>
  );
}

function Card({ t, locale, product }: { t: Texts; locale: Locale; product: Product }) {
  const name = product.name[locale];
  return (
    <li class="card">
      <div class={`card-art tint-${product.tint}`}>
        <Art drawing={product.drawing} />
      </div>
      <h3>{name}</h3>
      <p>{product.line[locale]}</p>
      <div class="card-foot">
        <b>{priceOf(product.price)}</b>
        <button type="button" aria-label={`${t.ask}: ${name}`} onClick={() => askInChat(t.askAbout(name))}>
          {t.ask}
        </button>
      </div>
    </li>
  );
}
