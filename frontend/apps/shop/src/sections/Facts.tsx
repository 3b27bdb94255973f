import type { Texts } from "../texts";

export function Facts({ t }: { t: Texts }) {
  return (
    <ul class="page facts">
      {t.facts.map((fact) => (
        <li key={fact.text}>
          <b>{fact.value}</b>
          <span>{fact.text}</span>
        </li>
      ))}
    </ul>
  );
}
