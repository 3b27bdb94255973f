/** Who the visitor pretends to be. A real shop knows its customer and lets its server sign the identity. */
import { useEffect, useState } from "preact/hooks";
import { frontdesk } from "./frontdesk";

export interface DemoCustomer {
  customer_id: string;
  name: string;
  email: string;
  identity_hash: string;
  locale: string;
  orders: string[];
}

const KEY = "aspan:visitor";

async function readCustomers(): Promise<DemoCustomer[]> {
  const response = await fetch("/api/v1/demo/customers");
  if (!response.ok) return [];
  const body = (await response.json()) as { customers?: DemoCustomer[] };
  return body.customers ?? [];
}

function introduce(customer: DemoCustomer): void {
  const { customer_id, name, email, identity_hash } = customer;
  frontdesk("identify", { customer_id, name, email, identity_hash });
}

export interface Visitor {
  customers: DemoCustomer[];
  current: DemoCustomer | null;
  choose: (customerId: string) => void;
}

export function useVisitor(): Visitor {
  const [customers, setCustomers] = useState<DemoCustomer[]>([]);
  const [current, setCurrent] = useState<DemoCustomer | null>(null);
  useEffect(() => {
    // Without the list there is only the guest: the shop itself needs nothing from it.
    readCustomers().then((list) => {
      const before = list.find((customer) => customer.customer_id === sessionStorage.getItem(KEY));
      setCustomers(list);
      setCurrent(before ?? null);
      if (before) introduce(before);
    }, () => setCustomers([]));
  }, []);
  const choose = (customerId: string) => {
    const next = customers.find((customer) => customer.customer_id === customerId) ?? null;
    setCurrent(next);
    sessionStorage.setItem(KEY, customerId);
    // Another person at the same browser: the one before has signed out.
    if (current) frontdesk("reset");
    if (next) introduce(next);
  };
  return { customers, current, choose };
}
