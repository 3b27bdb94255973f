import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Fallback, POLL_MS } from "./fallback";
import type { Conversation, Item } from "./state";
import { EMPTY } from "./state";
import { message } from "./testFrames";

const SESSION = { session_id: "s1", token: "t", expires_at: "2099-01-01T00:00:00Z" };
const ITEM = { key: "k1", text: "mine", clientMsgId: "k1" } as Item;

let asked: string[];
let answer: (response: Response) => void;
let shown: string[];
let denied: number;
let fallback: Fallback;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, shown, denied] = [[], [], 0];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? "GET"} ${path.split("?")[0]?.split("/").at(-1)}`);
    return new Promise<Response>((resolve) => (answer = resolve));
  });
  fallback = new Fallback({
    session: () => Promise.resolve(SESSION),
    conversation: (): Conversation => EMPTY,
    show: ({ messages }) => shown.push(...messages.map(({ content }) => content)),
    denied: () => (denied += 1),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const oneMessage = () => Response.json({ messages: [message(1, "manager")] });

test("it looks again a while after each look that was answered", async () => {
  fallback.poll(true);
  await vi.advanceTimersByTimeAsync(POLL_MS);
  answer(oneMessage());
  await vi.advanceTimersByTimeAsync(POLL_MS);
  expect([asked.length, shown]).toEqual([2, ["text 1"]]);
});

test("stopped while a look is under way, it does not look again", async () => {
  fallback.poll(true);
  await vi.advanceTimersByTimeAsync(POLL_MS);
  fallback.poll(false);
  answer(oneMessage());
  await vi.advanceTimersByTimeAsync(10 * POLL_MS);
  expect(asked).toHaveLength(1);
});

test("what comes after another conversation was taken up is not shown in it", async () => {
  fallback.poll(true);
  await vi.advanceTimersByTimeAsync(POLL_MS);
  fallback.leave();
  answer(oneMessage());
  await settle();
  const sending = fallback.send(ITEM).catch((error: unknown) => error);
  await settle();
  fallback.leave();
  answer(oneMessage());
  expect(await sending).toMatchObject({ code: "conflict", retryable: true });
  expect(shown).toEqual([]);
});

test("a refusal of the session before is no refusal of the session at hand", async () => {
  fallback.poll(true);
  await vi.advanceTimersByTimeAsync(POLL_MS);
  fallback.leave();
  answer(Response.json({ error: { code: "unauthorized", message: "" } }, { status: 401 }));
  await settle();
  expect(denied).toBe(0);
});
