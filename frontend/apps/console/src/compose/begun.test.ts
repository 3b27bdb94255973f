import { expect, test } from "vitest";
import { BegunStore } from "./begun";

function storage(stored: Record<string, string> = {}) {
  const kept = new Map(Object.entries(stored));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

test("what was begun waits on its own ticket, also for a page that is loaded anew", () => {
  const store = storage();
  new BegunStore(() => store).change("t-1", { text: "Dear", touched: true, macro: null });
  const again = new BegunStore(() => store);
  expect([again.of("t-1").text, again.of("t-2").text]).toEqual(["Dear", ""]);
});

test("the AI's draft is not kept, and what was emptied leaves nothing", () => {
  const store = storage();
  const begun = new BegunStore(() => store);
  begun.change("t-1", { text: "A draft" });
  expect(store.kept.size).toBe(0);
  begun.change("t-1", { text: "A draft, mine", touched: true, macro: null });
  begun.change("t-1", { text: "" });
  expect(store.kept.size).toBe(0);
});

test("what was taken back goes before what was begun since", () => {
  const begun = new BegunStore(() => storage());
  begun.change("t-1", { text: "And more", touched: true, macro: null });
  begun.giveBack({ ticketId: "t-1", kind: "text", content: "First" });
  begun.giveBack({ ticketId: "t-1", kind: "note", content: "For you" });
  expect(begun.of("t-1")).toEqual({ kind: "note", text: "First\n\nAnd more", note: "For you", touched: true, macro: null });
});

test("nothing of it is left for somebody else", () => {
  sessionStorage.setItem("other", "kept");
  const begun = new BegunStore(() => sessionStorage);
  begun.change("t-1", { text: "Dear", touched: true, macro: null });
  begun.clear();
  expect([begun.of("t-1").text, Object.keys(sessionStorage)]).toEqual(["", ["other"]]);
});

test.each(["{", "null", "[]", '{"text": 5, "kind": "poem"}'])("what cannot be read is nothing: %s", (stored) => {
  const begun = new BegunStore(() => storage({ "fd.begun.t-1": stored }));
  expect(begun.of("t-1")).toEqual({ kind: "text", text: "", note: "", touched: false, macro: null });
});

test("where nothing may be stored it lasts as long as the page", () => {
  const begun = new BegunStore(() => {
    throw new Error("forbidden");
  });
  begun.change("t-1", { text: "Dear", touched: true, macro: null });
  expect(begun.of("t-1").text).toBe("Dear");
});
