import { expect, test } from "vitest";
import type { StatusFrame } from "../protocol";
import type { ChatView } from "./chat";
import type { Connection } from "./connection";
import { entries } from "./entries";
import { reduce } from "./reduce";
import { standingOf } from "./standing";
import { EMPTY } from "./state";
import { message, status } from "./testFrames";

function standing(frame: Partial<StatusFrame>, connection: Connection = "online", manager: string | null = null, trying = false) {
  const frames = [message(1, "customer"), ...(manager ? [message(2, "manager", { sender_name: manager })] : [])];
  const actions = [...frames.map((shown) => ({ type: "message" as const, message: shown })), status(frame)];
  const conversation = actions.reduce((state, shown) => reduce(state, { type: "frame", frame: shown }), EMPTY);
  const view: ChatView = { conversation, connection, unread: 0 };
  return standingOf(view, entries(conversation), trying);
}

const AWAITED = { status: "escalated", escalated: true, next: "person" } as const;
const ANSWERED = { status: "escalated", escalated: true, next: "customer" } as const;

test("the assistant has it until somebody else does", () => {
  expect(standing({ status: "ai_processing", next: "ai" })).toEqual({ kind: "assistant" });
  expect(standing({ status: "waiting", next: "customer" })).toEqual({ kind: "assistant" });
});

test("a person is awaited until they have answered, and again once the customer has written", () => {
  expect(standing(AWAITED)).toEqual({ kind: "awaiting", name: null });
  expect(standing(ANSWERED, "online", "Dana")).toEqual({ kind: "person", name: "Dana" });
  expect(standing(AWAITED, "online", "Dana")).toEqual({ kind: "awaiting", name: "Dana" });
});

test("a conversation that is over awaits nobody, whoever had it", () => {
  expect(standing({ status: "resolved", escalated: true, next: "nobody" }, "online", "Dana")).toEqual({ kind: "resolved" });
  expect(standing({ status: "closed", next: "nobody" })).toEqual({ kind: "closed" });
});

test("a connection that is lost comes before all else; a slow one after it", () => {
  expect(standing(AWAITED, "offline")).toEqual({ kind: "offline" });
  expect(standing(AWAITED, "connecting", null, true)).toEqual({ kind: "connecting" });
  expect(standing(AWAITED, "connecting")).toMatchObject({ kind: "awaiting" });
  expect(standing(AWAITED, "limited")).toMatchObject({ kind: "awaiting" });
  expect(standing({ next: "customer" }, "limited")).toEqual({ kind: "limited" });
});

test("an older desk that says less is understood", () => {
  const { next: _, person: __, ...older } = { ...AWAITED, person: null };
  expect(standing(older)).toMatchObject({ kind: "awaiting" });
});
