import { describe, expect, test } from "vitest";
import { entries, personInCharge } from "./entries";
import { type Action, reduce } from "./reduce";
import { type Conversation, cursor, EMPTY, pending } from "./state";
import type { Message, ServerFrame } from "../protocol";
import { conversation, live, message, seeded, shuffled, status } from "./testFrames";

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed + 1);

function run(actions: readonly Action[], start: Conversation = EMPTY): Conversation {
  return actions.reduce(reduce, start);
}

function frames(list: readonly ServerFrame[]): Action[] {
  return list.map((frame) => ({ type: "frame", frame }));
}

function written(messages: readonly Message[]): Action[] {
  const own = messages.filter((shown) => shown.sender_type === "customer");
  return own.map((shown) => ({
    type: "queue",
    clientMsgId: shown.client_msg_id ?? "",
    text: shown.content,
    at: shown.created_at,
  }));
}

function list(state: Conversation): string[] {
  return entries(state).map((entry) => `${entry.sender}:${entry.text}:${entry.streaming ? "…" : entry.delivery}`);
}

function expected(messages: readonly Message[]): string[] {
  return messages.map((shown) => `${shown.sender_type}:${shown.content}:sent`);
}

describe("whatever the network does to the frames", () => {
  test.each(SEEDS)("duplicated, reordered and replayed frames give the same list (seed %i)", (seed) => {
    const random = seeded(seed);
    const messages = conversation(random);
    const once = messages.flatMap(live);
    const twice = once.filter(() => random() < 0.5);
    const replay: ServerFrame[] = messages.map((shown) => ({ type: "message", message: shown }));
    const actions = [
      ...written(messages),
      ...frames(shuffled([...once, ...twice], random)),
      { type: "disconnected" } as const,
      { type: "resuming" } as const,
      ...frames([...replay, status()]),
      ...frames(shuffled(twice, random)),
    ];
    const state = run(actions);
    expect(list(state)).toEqual(expected(messages));
    expect(pending(state)).toEqual([]);
    expect(new Set(entries(state).map((entry) => entry.key)).size).toBe(messages.length);
  });

  test.each(SEEDS)("what was lost comes back with the resume (seed %i)", (seed) => {
    const random = seeded(seed);
    const messages = conversation(random);
    const heard = messages.flatMap(live).filter(() => random() < 0.6);
    const before = run([...written(messages), ...frames([status(), ...heard])]);
    const from = cursor(before, "t1");
    const replay = messages.filter((shown) => shown.seq > from);
    const after = run(
      [{ type: "disconnected" }, { type: "resuming" }, ...frames(replay.map((shown) => ({ type: "message", message: shown })))],
      before,
    );
    expect(list(run(frames([status()]), after))).toEqual(expected(messages));
  });
});

describe("a streamed answer", () => {
  const chunk = (n: number, content: string): ServerFrame => ({ type: "text", message_id: "m2", n, content });

  test("shows only the chunks without a hole before them", () => {
    const state = run(frames([chunk(0, "It "), chunk(2, "days"), chunk(0, "It ")]));
    expect(list(state)).toEqual(["ai:It :…"]);
    expect(list(run(frames([chunk(1, "takes 2 ")]), state))).toEqual(["ai:It takes 2 days:…"]);
  });

  test("is taken back whole by a retract, and its late chunks are not shown", () => {
    const state = run(frames([chunk(0, "Wrong"), { type: "retract", message_id: "m2" }, chunk(1, " still")]));
    expect(list(state)).toEqual([]);
  });

  test("keeps its place and key when it is complete", () => {
    const streaming = run(frames([chunk(0, "It takes")]));
    const done = run(frames([{ type: "complete", message: message(2, "ai", { content: "It takes two days." }) }]), streaming);
    expect(entries(done)[0]?.key).toBe(entries(streaming)[0]?.key);
    expect(list(done)).toEqual(["ai:It takes two days.:sent"]);
  });

  test("keeps the sources that came before its end", () => {
    const sources = [{ doc_id: "d", title: "Delivery", quote: "two days" }];
    const received = frames([{ type: "sources", message_id: "m2", sources }, { type: "complete", message: message(2, "ai") }]);
    expect(entries(run(received))[0]?.sources).toEqual(sources);
  });

  test("does not survive a lost connection: whether it was retracted is not known", () => {
    expect(list(run([...frames([chunk(0, "Half an ans")]), { type: "disconnected" }]))).toEqual([]);
  });
});

describe("gaps", () => {
  test("a number that skips one asks for a resume, once", () => {
    const start = run(frames([status(), { type: "message", message: message(1, "manager") }]));
    const jump = run(frames([{ type: "message", message: message(3, "manager") }]), start);
    expect(jump.gaps).toBe(start.gaps + 1);
    const again = run(frames([{ type: "message", message: message(3, "manager") }]), jump);
    expect(again.gaps).toBe(jump.gaps);
  });

  test("a hole that the replay does not fill is not asked for again within it", () => {
    const replay = frames([
      { type: "message", message: message(1, "manager") },
      { type: "message", message: message(4, "manager") },
      status(),
    ]);
    expect(run([...frames([status()]), { type: "resuming" }, ...replay]).gaps).toBe(run(frames([status()])).gaps);
  });

  test("a resume starts before the hole", () => {
    const state = run(frames([1, 2, 4].map((seq) => ({ type: "message", message: message(seq, "manager") }))));
    expect(cursor(state, "t1")).toBe(2);
  });

  test("staff notes are never shown", () => {
    expect(list(run(frames([{ type: "message", message: message(1, "manager", { kind: "note" }) }])))).toEqual([]);
  });
});

describe("tickets", () => {
  test("a message that opens a new ticket stands after the old ticket", () => {
    const state = run([
      ...frames([status(), { type: "message", message: message(1, "customer", { client_msg_id: "c1" }) }]),
      { type: "queue", clientMsgId: "c2", text: "another matter", at: "2026-01-09T10:00:00Z" },
      ...frames([
        { type: "ack", client_msg_id: "c2", seq: 1 },
        status({ ticket_id: "t2" }),
        { type: "complete", message: message(2, "ai", { ticket_id: "t2", message_id: "n2", created_at: "2026-01-09T10:00:02Z" }) },
      ]),
    ]);
    expect(list(state)).toEqual(["customer:text 1:sent", "customer:another matter:sent", "ai:text 2:sent"]);
    expect(state.ticketId).toBe("t2");
  });
});

describe("one's own messages", () => {
  const queued = run([
    { type: "queue", clientMsgId: "a", text: "first", at: "2026-01-01T10:00:00Z" },
    { type: "queue", clientMsgId: "b", text: "second", at: "2026-01-01T10:00:01Z" },
  ]);

  test("wait in the order in which they were written", () => {
    expect(pending(queued).map((item) => item.clientMsgId)).toEqual(["a", "b"]);
  });

  test("a failed one stays where it failed, and a retry queues it last", () => {
    const greeted = run(frames([status(), { type: "message", message: message(1, "manager") }]), queued);
    const failed = run([{ type: "fail", clientMsgId: "a", reason: "too long" }], greeted);
    const answered = run(frames([{ type: "message", message: message(2, "manager") }]), failed);
    expect(list(answered)).toEqual([
      "manager:text 1:sent",
      "customer:first:failed",
      "manager:text 2:sent",
      "customer:second:pending",
    ]);
    expect(pending(run([{ type: "retry", clientMsgId: "a" }], failed)).map((item) => item.clientMsgId)).toEqual(["b", "a"]);
  });

  test("a late failure does not undo what the server has taken", () => {
    const acked = run(frames([{ type: "ack", client_msg_id: "a", seq: 1 }]), queued);
    expect(list(run([{ type: "fail", clientMsgId: "a", reason: "" }], acked))[0]).toBe("customer:first:sent");
  });

  test("one that the replay shows without its client id is still recognised", () => {
    const acked = run(frames([status(), { type: "ack", client_msg_id: "a", seq: 1 }]), queued);
    const replayed = run(frames([{ type: "message", message: message(1, "customer", { content: "first" }) }]), acked);
    expect(list(replayed)).toEqual(["customer:first:sent", "customer:second:pending"]);
  });
});

describe("who has the conversation", () => {
  test("a person, once one has written after the handover", () => {
    const handed = run(frames([{ type: "complete", message: message(1, "ai") }, status({ escalated: true })]));
    expect(personInCharge(entries(handed))).toBeNull();
    const answered = run(frames([{ type: "message", message: message(2, "manager", { sender_name: "Dana" }) }]), handed);
    expect(personInCharge(entries(answered))?.name).toBe("Dana");
  });
});
