import { expect, test } from "vitest";
import type { Ticket } from "@frontdesk/api";
import { ticket } from "../testSupport";
import { wayBack } from "./bulk";

const of = (id: string, parts: Partial<Ticket>) => ticket({ ticket_id: id, ...parts });
const MINE = of("mine", { owner: "person", status: "escalated", priority: "low", assignee: "Dana" });
const THE_AIS = of("ai", { owner: "ai", status: "waiting", priority: "low" });
const URGENT = of("urgent", { owner: "ai", priority: "urgent" });

test("what was resolved is opened again, and what was the AI's goes back to it", () => {
  expect(wayBack([MINE, THE_AIS], { status: "resolved" })).toEqual([
    { status: "escalated", ticket_ids: ["mine", "ai"] },
    { status: "ai_processing", ticket_ids: ["ai"] },
  ]);
  expect(wayBack([MINE], { status: "resolved" })).toEqual([{ status: "escalated", ticket_ids: ["mine"] }]);
});

test("what was taken over goes back to the AI, and what was handed back is taken again", () => {
  expect(wayBack([MINE, THE_AIS], { status: "escalated" })).toEqual([{ status: "ai_processing", ticket_ids: ["ai"] }, ]);
  expect(wayBack([MINE, THE_AIS], { status: "ai_processing" })).toEqual([{ status: "escalated", ticket_ids: ["mine"] }]);
});

test("each gets back what it had, those of one value together", () => {
  expect(wayBack([MINE, URGENT, THE_AIS], { priority: "high" })).toEqual([
    { priority: "low", ticket_ids: ["mine", "ai"] },
    { priority: "urgent", ticket_ids: ["urgent"] },
  ]);
  expect(wayBack([MINE, THE_AIS], { assignee: "Aru" })).toEqual([
    { assignee: "Dana", ticket_ids: ["mine"] },
    { assignee: null, ticket_ids: ["ai"] },
  ]);
});

test("what is closed stays closed", () => {
  expect(wayBack([MINE], { status: "closed" })).toEqual([]);
});
