import type { Visitor } from "../demo";
import { askInChat } from "../frontdesk";
import type { Texts } from "../texts";

/** The demo's own strip above the shop: who to be, what to try, where the other side of the desk is. */
export function DemoBar({ t, visitor }: { t: Texts; visitor: Visitor }) {
  const { demo } = t;
  return (
    <aside class="demo" aria-label={demo.label}>
      <div class="demo-in">
        <div class="demo-who">
          <span class="demo-mark">{demo.label}</span>
          <label>
            <span>{demo.who}</span>
            <select
              data-testid="shop-visitor"
              aria-label={demo.who}
              value={visitor.current?.customer_id ?? ""}
              onChange={(event) => visitor.choose(event.currentTarget.value)}
            >
              <option value="">{demo.guest}</option>
              {visitor.customers.map((customer) => (
                <option key={customer.customer_id} value={customer.customer_id}>
                  {customer.name}
                </option>
              ))}
            </select>
          </label>
          {visitor.current && <Orders t={t} numbers={visitor.current.orders} />}
        </div>
        <div class="demo-try">
          <span>{demo.tryThis}</span>
          <Chip text={demo.delivery} />
          <Chip text={demo.order} />
          <Chip text={demo.angry} label={demo.angryLabel} />
        </div>
        <a class="demo-console" href="/console/">
          {demo.console}
          <span aria-hidden="true"> →</span>
        </a>
      </div>
    </aside>
  );
}

function Orders({ t, numbers }: { t: Texts; numbers: string[] }) {
  if (numbers.length === 0) return <span class="demo-orders">{t.demo.noOrders}</span>;
  return (
    <span class="demo-orders" data-testid="shop-orders">
      <span class="demo-orders-label">{t.demo.orders}</span> {numbers.slice(0, 3).map((number) => `#${number}`).join(" ")}
    </span>
  );
}

function Chip({ text, label }: { text: string; label?: string }) {
  return (
    <button type="button" data-testid="shop-try" title={text} onClick={() => askInChat(text)}>
      {label ?? text}
    </button>
  );
}
