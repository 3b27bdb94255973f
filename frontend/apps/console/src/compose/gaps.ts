/** The gaps of macros: what nobody knew stands in the text as `{{customer.name}}` until somebody fills it. */
import type { MacroVariable } from "@frontdesk/api";

export const VARIABLES = ["customer.name", "ticket.number", "order.number", "operator.name"] as const satisfies readonly MacroVariable[];

const GAP = /\{\{\s*(customer\.name|ticket\.number|order\.number|operator\.name)\s*\}\}/g;

/** Each once, in the order of the text. */
export function gapsOf(text: string): MacroVariable[] {
  return [...new Set([...text.matchAll(GAP)].map(([, name]) => name as MacroVariable))];
}

/** Where the first gap stands, to be written over. */
export function firstGap(text: string): [number, number] | null {
  const gap = new RegExp(GAP.source).exec(text);
  return gap ? [gap.index, gap.index + gap[0].length] : null;
}

/** Its key among the words. */
export function variableKey(variable: MacroVariable): "customer_name" | "ticket_number" | "order_number" | "operator_name" {
  return variable.replace(".", "_") as ReturnType<typeof variableKey>;
}
