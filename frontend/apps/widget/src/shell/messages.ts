/** What the host page's loader and the iframe say to each other. Shared by both builds. */
import type { Identity } from "../api";

export type Scheme = "light" | "dark" | "auto";

export interface Look {
  locale: string | null;
  color: string | null;
  scheme: Scheme;
  suggestions: string[] | null;
}

export type HostMessage =
  | { type: "setup"; look: Look; identity: Identity | null }
  | { type: "look"; look: Look }
  | { type: "identify"; identity: Identity }
  | { type: "visible"; open: boolean; full: boolean; text: string | null; focus: boolean }
  | { type: "reset" };

export type FrameMessage =
  | { type: "ready" }
  | { type: "close" }
  | { type: "unread"; count: number }
  /** Whether there is a conversation worth loading in the background on the next page. */
  | { type: "active"; active: boolean };

const MARK = "frontdesk.v1";

export function seal<T extends HostMessage | FrameMessage>(message: T): { mark: string; message: T } {
  return { mark: MARK, message };
}

/** The message inside, or null where the data is somebody else's. The caller has checked the origin. */
export function unseal<T extends HostMessage | FrameMessage>(data: unknown): T | null {
  const sealed = data as { mark?: unknown; message?: { type?: unknown } } | null;
  if (typeof sealed !== "object" || sealed?.mark !== MARK) return null;
  return typeof sealed.message?.type === "string" ? (sealed.message as T) : null;
}
