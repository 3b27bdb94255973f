/** The tickets that are to be changed together. None by default: the inbox is for reading. */
import { useSyncExternalStore } from "react";
import type { Ticket } from "@frontdesk/api";

/** As many as one call may change. */
export const MOST_SELECTED = 100;

export class SelectionStore {
  /** In the order in which they were chosen, each as it stood then. */
  private chosen: ReadonlyMap<string, Ticket> = new Map();
  private open = false;
  private readonly listeners = new Set<() => void>();

  get tickets(): ReadonlyMap<string, Ticket> {
    return this.chosen;
  }

  /** Whether rows can be chosen now. */
  get isOpen(): boolean {
    return this.open;
  }

  toggle(ticket: Ticket): void {
    const next = new Map(this.chosen);
    if (!next.delete(ticket.ticket_id) && next.size < MOST_SELECTED) next.set(ticket.ticket_id, ticket);
    this.set(next, true);
  }

  start(): void {
    this.set(this.chosen, true);
  }

  end(): void {
    if (this.open) this.set(new Map(), false);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(chosen: ReadonlyMap<string, Ticket>, open: boolean): void {
    this.chosen = chosen;
    this.open = open;
    for (const listener of this.listeners) listener();
  }
}

export const selection = new SelectionStore();

export function useSelection(): ReadonlyMap<string, Ticket> {
  return useSyncExternalStore(selection.subscribe, () => selection.tickets);
}

export function useSelecting(): boolean {
  return useSyncExternalStore(selection.subscribe, () => selection.isOpen);
}

export function useIsSelected(ticketId: string): boolean {
  return useSyncExternalStore(selection.subscribe, () => selection.tickets.has(ticketId));
}
