import { Mark } from "../art/Mark";
import type { Texts } from "../texts";

export function Footer({ t }: { t: Texts }) {
  return (
    <footer class="footer">
      <div class="page footer-in">
        <div class="brand">
          <Mark />
          <span>
            <b>{t.brand}</b>
            <small>{t.invented}</small>
          </span>
        </div>
        <address>
          <span>{t.hours}</span>
          <span>+7 700 000 0100</span>
          <span>help@aspanmarket.example</span>
        </address>
      </div>
    </footer>
  );
}
