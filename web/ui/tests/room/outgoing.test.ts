import { expect, test } from "vitest";
import { Outgoing } from "../../src/room/store/outgoing.ts";
import type { Command } from "../../src/room/store/store.ts";
import type { Refusal } from "../../src/wire/refusals.ts";
import { ROOM } from "./story.ts";

const never = () => false;
const NONE: ReadonlySet<string> = new Set();

function command(id: string, made_at: number, refusal?: Refusal): Command {
  const of = { id, made_at, room: ROOM, frame: { t: "post", id, room: ROOM, text: "One vial." } } as const;
  return refusal === undefined ? { ...of, state: "sent" } : { ...of, state: "refused", refusal };
}

function shown(outgoing: Outgoing): unknown {
  return outgoing.items.map(({ key, waiting }) => [key, waiting.state]);
}

test("posts wait in the order of their making, and nothing but posts", () => {
  const outgoing = new Outgoing();
  const pin: Command = { ...command("p", 3), frame: { t: "pin", id: "p", room: ROOM, target: "e2" } } as Command;
  outgoing.take([command("b", 2), command("a", 1), pin], NONE, never);
  expect(shown(outgoing)).toEqual([
    ["a", "sent"],
    ["b", "sent"],
  ]);
});

test("what was acked stays in its place until its event has come", () => {
  const outgoing = new Outgoing();
  outgoing.take([command("a", 1), command("b", 2)], NONE, never);
  outgoing.take([command("b", 2)], new Set("a"), never);
  expect(shown(outgoing)).toEqual([
    ["a", "acked"],
    ["b", "sent"],
  ]);
  outgoing.drop("a");
  expect(shown(outgoing)).toEqual([["b", "sent"]]);
});

test("what left the outbox and is not known to be on record is not said to be", () => {
  const outgoing = new Outgoing();
  outgoing.take([command("a", 1), command("b", 2)], NONE, never);
  outgoing.take([], new Set("b"), never);
  expect(shown(outgoing)).toEqual([["b", "acked"]]);
});

test("what was refused stays with its reason, and goes when its author has seen it", () => {
  const outgoing = new Outgoing();
  const refusal = { code: "room_closed", message: "This room is closed." } as const;
  outgoing.take([command("a", 1)], NONE, never);
  outgoing.take([command("a", 1, refusal)], NONE, never);
  expect(outgoing.items[0]?.waiting).toMatchObject({ state: "refused", refusal });
  outgoing.take([], NONE, never);
  expect(shown(outgoing)).toEqual([]);
});

test("what has arrived is not shown as on its way, however late the outbox hears of it", () => {
  const outgoing = new Outgoing();
  outgoing.take([command("a", 1)], NONE, (id) => id === "a");
  expect(shown(outgoing)).toEqual([]);
});

test("an item that has not changed is the same object", () => {
  const outgoing = new Outgoing();
  outgoing.take([command("a", 1)], NONE, never);
  const [before] = outgoing.items;
  outgoing.take([command("a", 1), command("b", 2)], NONE, never);
  expect(outgoing.items[0]).toBe(before);
});

test("what was acked and did not come with all the rest is gone", () => {
  const outgoing = new Outgoing();
  outgoing.take([command("a", 1), command("b", 2)], NONE, never);
  outgoing.take([command("b", 2)], new Set("a"), never);
  outgoing.dropAcked();
  expect(shown(outgoing)).toEqual([["b", "sent"]]);
});
