import { beforeEach, expect, test } from "vitest";
import { drop, give, onRecord, progressOf } from "../../src/paging/answering.ts";
import { PeerLink, PeerOutbox } from "../live/peers.ts";

const CALL = { room: "r1", page: "p1" };
let link: PeerLink;
let outbox: PeerOutbox;

beforeEach(() => {
  link = new PeerLink();
  outbox = new PeerOutbox();
  link.up();
});

test("an answer goes to its room, and is on record once it waits no more", async () => {
  const id = await give({ outbox }, CALL, { answer: "accept", read_back: "Bite, chest pain." });
  expect(outbox.waiting.value[0]?.frame).toEqual({
    t: "respond",
    id,
    room: "r1",
    page: "p1",
    answer: "accept",
    read_back: "Bite, chest pain.",
  });
  const recorded = heard(id);
  expect(recorded).toEqual([]);
  outbox.acked(id);
  expect(recorded).toEqual([id]);
  outbox.waiting.value = [];
  expect(recorded).toEqual([id]);
});

test("an answer that is on record already is told at once", () => {
  expect(heard("c1")).toEqual(["c1"]);
});

test.each(["accept", "decline"] as const)("what was refused is not on record once it was read (%s)", async (answer) => {
  const id = await give({ outbox }, CALL, { answer });
  const recorded = heard(id);
  refuse("Somebody has taken this page already.");
  await drop({ outbox }, "p1");
  expect(outbox.waiting.value).toEqual([]);
  expect(recorded).toEqual([]);
});

test("without a line it is kept, and it is said so", async () => {
  expect(progressOf({ outbox, link }, CALL)).toEqual({ is: "none" });
  await give({ outbox }, CALL, { answer: "accept" });
  expect(progressOf({ outbox, link }, CALL)).toEqual({ is: "sending" });
  link.down();
  expect(progressOf({ outbox, link }, CALL)).toEqual({ is: "kept" });
  expect(progressOf({ outbox, link }, { page: "p2" })).toEqual({ is: "none" });
});

test("what was refused is said until the next answer, or until it is dropped", async () => {
  await give({ outbox }, CALL, { answer: "decline", reason: " " });
  refuse("Say in a word why you decline.");
  expect(progressOf({ outbox, link }, CALL)).toEqual({ is: "refused", says: "Say in a word why you decline." });
  await give({ outbox }, CALL, { answer: "decline", reason: "Off duty" });
  expect(outbox.waiting.value).toHaveLength(1);
  refuse("Somebody has taken this page already.");
  await drop({ outbox }, "p1");
  expect(outbox.waiting.value).toEqual([]);
});

/** The ids of those that came on record from now on. */
function heard(id: string): string[] {
  const recorded: string[] = [];
  onRecord({ outbox }, id, () => recorded.push(id));
  return recorded;
}

function refuse(message: string): void {
  outbox.waiting.value = outbox.waiting.value.map(
    (one) => ({ ...one, state: "refused", refusal: { code: "invalid", message } }) as typeof one,
  );
}
