/** What is told for a moment and belongs to no place of the page. */
import { useSyncExternalStore } from "react";

export interface Notice {
  id: number;
  tone: "quiet" | "danger";
  text: string;
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 8_000;
/** Older ones make room. */
const MOST = 3;

export class NoticeStore {
  private all: readonly Notice[] = [];
  private readonly listeners = new Set<() => void>();
  private last = 0;

  get shown(): readonly Notice[] {
    return this.all;
  }

  show(notice: Omit<Notice, "id">): void {
    const id = (this.last += 1);
    this.change([...this.all, { ...notice, id }].slice(-MOST));
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    if (this.all.some((notice) => notice.id === id)) this.change(this.all.filter((notice) => notice.id !== id));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private change(all: readonly Notice[]): void {
    this.all = all;
    for (const listener of this.listeners) listener();
  }
}

export const notices = new NoticeStore();

export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(notices.subscribe, () => notices.shown);
}
