import { beforeEach, expect, test } from "vitest";
import { whenRecorded } from "../../../src/room/people/useRecorded.ts";
import type { RoomStore } from "../../../src/room/store/store.ts";
import type { CommandFrame } from "../../../src/wire/outbox.ts";
import { PeerOutbox } from "../../live/peers.ts";
import { ROOM } from "../story.ts";

const measured = (id: string): CommandFrame => ({ t: "vitals", id, room: ROOM, taken_at: 1, values: [] });

let outbox: PeerOutbox;
let told: number;

beforeEach(() => {
  outbox = new PeerOutbox();
  told = 0;
});

/** Look at one's vital signs until the test ends. */
function look(): void {
  const store = { waiting: outbox.waiting } as unknown as Pick<RoomStore, "waiting">;
  whenRecorded({ store, client: { outbox } }, "vitals", () => {
    told += 1;
  });
}

test("what one sent is told once it is on record, also where it was under way before", async () => {
  await outbox.put(measured("a"));
  look();
  expect(told).toBe(0);
  outbox.acked("a");
  expect(told).toBeGreaterThan(0);
});

test("nothing is told of what was on record before, nor of what was sent besides", async () => {
  outbox.acked("before");
  look();
  await outbox.put({ t: "pin", id: "p", room: ROOM, target: "e2" });
  outbox.acked("p");
  expect(told).toBe(0);
});

test("what was dismissed or forgotten in another tab is not told", async () => {
  look();
  await outbox.put(measured("a"));
  outbox.forget("a");
  expect(told).toBe(0);
});

test("what the other tab says later than it takes it away is told", async () => {
  look();
  await outbox.put(measured("a"));
  outbox.forget("a");
  outbox.acked("a");
  expect(told).toBeGreaterThan(0);
});
