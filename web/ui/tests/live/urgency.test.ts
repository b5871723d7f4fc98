import { beforeEach, expect, test } from "vitest";
import { Urgency } from "../../src/live/urgency.ts";
import { PeerReads, settled, URGENCIES } from "./peers.ts";

let reads: PeerReads;
let urgency: Urgency;

beforeEach(() => {
  reads = new PeerReads();
  urgency = new Urgency(reads);
});

const rings = { pages: true, interrupts: true };
const lists = { pages: false, interrupts: false };

test("before the server has said, cases do what they do unless it says otherwise", () => {
  expect(["stat", "asap", "urgent", "routine", "other"].filter((level) => urgency.interrupts(level))).toEqual([
    "stat",
    "asap",
  ]);
  expect(urgency.does("urgent")).toBe("asks");
  expect(urgency.minutes("orange")).toBeUndefined();
});

test("a deployment that does otherwise is asked once, and heeded", async () => {
  const behaviours = { ...URGENCIES.behaviours, asap: { pages: true, interrupts: false }, urgent: rings };
  reads.otherwise = { behaviours, manchester: { ...URGENCIES.manchester, yellow: 30 } };
  urgency.wanted();
  urgency.wanted();
  await settled();
  expect(reads.asked).toEqual(["urgencies"]);
  expect([urgency.does("asap"), urgency.does("urgent")]).toEqual(["asks", "rings"]);
  expect([urgency.minutes("yellow"), urgency.minutes("red")]).toEqual([30, 0]);
});

test("an acuity that pages nobody asks nobody", async () => {
  reads.otherwise = { ...URGENCIES, behaviours: { ...URGENCIES.behaviours, urgent: lists } };
  urgency.wanted();
  await settled();
  expect(urgency.does("urgent")).toBe("lists");
});

test("what failed is asked again by the next who wants to know", async () => {
  reads.broken = true;
  urgency.wanted();
  await settled();
  reads.broken = false;
  urgency.wanted();
  await settled();
  expect(urgency.minutes("orange")).toBe(10);
});
