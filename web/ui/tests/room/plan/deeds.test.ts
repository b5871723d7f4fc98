import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Deed, deedsOf, FOLLOWS } from "../../../src/room/plan/deeds.ts";
import { restates } from "../../../src/room/plan/readback.ts";

interface Vectors {
  readonly follows: Record<string, string[]>;
  readonly read_backs: { readonly text: string; readonly restates: boolean }[];
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../../../../tests/vectors/plan.json", import.meta.url), "utf8"),
);
const states = (deeds: readonly Deed[]) => deeds.map(({ state }) => state);

test("what can be done with an act is what the server lets follow", () => {
  const offered = Object.fromEntries(Object.entries(FOLLOWS).map(([before, deeds]) => [before, states(deeds)]));
  expect(offered).toEqual(vectors.follows);
});

test.each(vectors.read_backs)("a read-back: $text", ({ text, restates: does }) => {
  expect(restates(text)).toBe(does);
});

test("an amended text is to be confirmed first, and may still be done as it was", () => {
  const act = { state: "doing", version: 1 } as const;
  const [first, ...others] = deedsOf({ version: 2, retracted: false, act });
  expect(first).toMatchObject({ state: "accepted", word: "plan.do_confirm", next: true });
  expect(states(others)).toEqual(["done", "cannot", "stopped"]);
});

test("what was taken back can only end", () => {
  const act = { state: "accepted", version: 1 } as const;
  expect(states(deedsOf({ version: 1, retracted: true, act }))).toEqual(["done", "cannot", "stopped"]);
});
