import { afterEach, beforeEach, expect, test } from "vitest";
import type { Desk } from "../../src/room/desk.ts";
import { watchOwn } from "../../src/room/watchOwn.ts";
import type { CommandFrame } from "../../src/wire/outbox.ts";
import { PeerOutbox } from "../live/peers.ts";
import { ROOM } from "./story.ts";

const words: CommandFrame = { t: "post", id: "c1", room: ROOM, text: "One vial." };

let outbox: PeerOutbox;
let told: string[];
let end: () => void;

beforeEach(() => {
  outbox = new PeerOutbox();
  told = [];
  const desk = { store: { waiting: outbox.waiting }, client: { outbox } } as unknown as Desk;
  end = watchOwn(desk, { tell: ({ says }) => told.push(says) });
});
afterEach(() => end());

test("what is on record now is told", async () => {
  await outbox.put(words);
  expect(told).toEqual([]);
  outbox.acked("c1");
  expect(told).toEqual(["On record"]);
});

test("what was refused is told once, and nothing when it goes", async () => {
  const { id, made_at } = await outbox.put(words);
  const refusal = { code: "room_closed", message: "This room is closed." } as const;
  outbox.waiting.value = [{ id, made_at, room: ROOM, frame: words, state: "refused", refusal }];
  await outbox.dismiss("c1");
  expect(told).toEqual(["Refused: see your post"]);
});

test("what another tab took away is not told to be on record", async () => {
  await outbox.put(words);
  outbox.forget("c1");
  expect(told).toEqual([]);
});
