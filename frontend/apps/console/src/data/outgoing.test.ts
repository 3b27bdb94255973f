import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DeliveryFailure, HOLD_MS, OutgoingStore, type Outgoing, type Written } from "./outgoing";

const WRITTEN: Written = { ticketId: "t-1", kind: "text", content: "Done", after: "nothing" };

function storeWith(deliver: (outgoing: Outgoing, leaving: boolean) => Promise<void> = async () => undefined) {
  const kept = new Map<string, string>();
  const sent: Outgoing[] = [];
  let keys = 0;
  const ports = {
    deliver: async (outgoing: Outgoing, leaving: boolean) => {
      sent.push(outgoing);
      await deliver(outgoing, leaving);
    },
    newKey: () => `k-${(keys += 1)}`,
    now: () => Date.now(),
    random: () => 1,
    storage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) },
  };
  return { store: new OutgoingStore(ports), again: () => new OutgoingStore(ports), sent };
}

const contents = (outgoing: readonly Outgoing[]) => outgoing.map(({ content }) => content);
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a reply rests before it leaves, and a note does not", async () => {
  const { store, sent } = storeWith();
  store.add(WRITTEN);
  store.add({ ...WRITTEN, ticketId: "t-2", kind: "note", content: "For you" });
  await wait(HOLD_MS - 1);
  expect(contents(sent)).toEqual(["For you"]);
  await wait(1);
  expect(contents(sent)).toEqual(["For you", "Done"]);
  expect(store.of("t-1")).toEqual([]);
});

test("what rests can be taken back, and never leaves then", async () => {
  const { store, sent } = storeWith();
  store.add(WRITTEN);
  expect(store.takeBack("k-1")?.content).toBe("Done");
  await wait(HOLD_MS);
  expect([sent, store.of("t-1")]).toEqual([[], []]);
});

test("what is on its way cannot be taken back", async () => {
  let arrive: () => void = () => undefined;
  const { store } = storeWith(() => new Promise<void>((resolve) => (arrive = resolve)));
  store.add(WRITTEN);
  store.sendNow("k-1");
  expect(store.takeBack("k-1")).toBeNull();
  arrive();
  await wait(0);
  expect(store.of("t-1")).toEqual([]);
});

test("those of one ticket leave in order, and a later one waits for one that failed", async () => {
  let works = false;
  const { store, sent } = storeWith(async () => {
    if (!works) throw new DeliveryFailure("conflict");
  });
  store.add({ ...WRITTEN, content: "first" });
  store.add({ ...WRITTEN, content: "second" });
  await wait(HOLD_MS);
  expect(contents(sent)).toEqual(["first"]);
  expect(store.of("t-1").map(({ state, error }) => [state, error])).toEqual([["failed", "conflict"], ["held", null]]);
  works = true;
  store.sendNow("k-1");
  await wait(0);
  expect(contents(sent)).toEqual(["first", "first", "second"]);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
});

test("when the network is back only what it kept back is tried again", async () => {
  let code = "network";
  const { store, sent } = storeWith(async () => {
    if (code) throw new DeliveryFailure(code);
  });
  store.add(WRITTEN);
  await wait(HOLD_MS);
  code = "forbidden";
  store.retryUnreached();
  await wait(0);
  store.retryUnreached();
  await wait(0);
  expect(sent).toHaveLength(2);
  expect(store.of("t-1")[0]?.error).toBe("forbidden");
});

test("what no network takes is tried again by itself, each time later", async () => {
  let away = true;
  const { store, sent } = storeWith(async () => {
    if (away) throw new DeliveryFailure("network");
  });
  store.add({ ...WRITTEN, kind: "note" });
  await wait(0);
  await wait(1_000);
  await wait(1_999);
  expect(sent).toHaveLength(2);
  away = false;
  await wait(1);
  expect(sent).toHaveLength(3);
  expect(store.of("t-1")).toEqual([]);
});

test("a page that is left sends what rests, and the next one makes sure under the same key", async () => {
  const leavings: boolean[] = [];
  const { store, again, sent } = storeWith(async (_outgoing, leaving) => void leavings.push(leaving));
  store.add(WRITTEN);
  store.leave();
  const next = again();
  next.resume();
  await wait(0);
  expect(leavings).toEqual([true, false]);
  expect(sent.map(({ key }) => key)).toEqual(["k-1", "k-1"]);
});

test("what was left behind long ago waits for a person's word", async () => {
  const { store, again, sent } = storeWith();
  store.add(WRITTEN);
  vi.setSystemTime(Date.now() + 2 * 3_600_000);
  const next = again();
  next.resume();
  expect(next.of("t-1")[0]?.state).toBe("failed");
  expect(sent).toEqual([]);
});

test("what the store cannot read is nothing", () => {
  const { again } = storeWith();
  for (const stored of ["{", "null", '[1, null, {"key": 1}]']) {
    const store = new OutgoingStore({ deliver: async () => undefined, newKey: () => "k", now: Date.now, storage: { getItem: () => stored, setItem: () => undefined } });
    store.resume();
    expect(store.of("t-1")).toEqual([]);
  }
  expect(again().of("t-1")).toEqual([]);
});
