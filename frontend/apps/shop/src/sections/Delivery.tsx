import { DELIVERY_DAYS, type Texts } from "../texts";

const LONGEST = 6;

/** Days by city as bars from the day of the order: the earliest day solid, the latest lighter. */
export function Delivery({ t }: { t: Texts }) {
  return (
    <section class="page section delivery" id="delivery">
      <div class="delivery-text">
        <h2>{t.deliveryTitle}</h2>
        <p>{t.deliveryText}</p>
      </div>
      <dl class="days">
        {t.cities.map((city, index) => {
          const [first, last] = DELIVERY_DAYS[index] ?? [1, 1];
          const range = first === last ? String(first) : `${first}–${last}`;
          return (
            <div key={city}>
              <dt>{city}</dt>
              <dd>
                <span class="bar" aria-hidden="true">
                  <i style={{ width: `${(last / LONGEST) * 100}%` }} class="bar-last" />
                  <i style={{ width: `${(first / LONGEST) * 100}%` }} class="bar-first" />
                </span>
                <b>{t.days(range)}</b>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
