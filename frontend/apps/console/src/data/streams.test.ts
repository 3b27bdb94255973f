import { expect, test } from "vitest";
import { StreamStore } from "./streams";

test("chunks grow into a text", () => {
  const store = new StreamStore();
  store.append("t", "m", 0, "Здрав");
  store.append("t", "m", 1, "ствуйте");
  expect(store.get("t")).toEqual({ messageId: "m", text: "Здравствуйте", next: 2, partial: false });
});

test("a repeated chunk is not said twice", () => {
  const store = new StreamStore();
  store.append("t", "m", 0, "a");
  store.append("t", "m", 0, "a");
  expect(store.get("t")?.text).toBe("a");
});

test("a page that came in mid-sentence knows that its text is a part", () => {
  const store = new StreamStore();
  store.append("t", "m", 4, "завтра");
  expect(store.get("t")?.partial).toBe(true);
});

test("a lost chunk makes the text a part", () => {
  const store = new StreamStore();
  store.append("t", "m", 0, "a");
  store.append("t", "m", 2, "c");
  expect(store.get("t")).toMatchObject({ text: "ac", partial: true });
});

test("a retracted draft disappears; another's retraction does not touch it", () => {
  const store = new StreamStore();
  store.append("t", "m", 0, "a");
  store.end("t", "other");
  expect(store.get("t")).toBeDefined();
  store.end("t", "m");
  expect(store.get("t")).toBeUndefined();
});

test("listeners hear of each change", () => {
  const store = new StreamStore();
  let heard = 0;
  const stop = store.subscribe(() => (heard += 1));
  store.append("t", "m", 0, "a");
  store.append("t", "m", 0, "a");
  store.clear();
  stop();
  store.append("t", "m2", 0, "b");
  expect(heard).toBe(2);
});
