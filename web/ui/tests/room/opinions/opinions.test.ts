import { expect, test } from "vitest";
import { heldIn } from "../../../src/room/fold/opinions.ts";
import { mayRead, pooledIn, readable } from "../../../src/room/opinions/reading.ts";
import { Held } from "../../../src/room/store/held.ts";
import type { By, Diagnosis, Entry } from "../../../src/wire/frames.ts";
import { ana, ben, cleo, type Said, story, system } from "../story.ts";
import { folded } from "../summary.ts";

const HEART: readonly Diagnosis[] = [{ dx: "Infarction", probability: 0.6, code: "I21" }];
const BITE: readonly Diagnosis[] = [{ dx: "Envenoming", probability: 0.8 }];

const opine = (by: By, differential?: readonly Diagnosis[], weight?: number): Said =>
  ({
    by,
    kind: "opined",
    body: differential ? { differential, ...(weight && { weight }) } : { withheld: true },
  }) as Said;
const reveal: Said = { by: system, kind: "revealed", body: {} };

function opinionsOf(log: readonly Entry[]) {
  const { card } = folded(log);
  if (!card) throw new RangeError("there is no room");
  return card.opinions;
}

test("who has not given theirs knows that others have, and may not read them", () => {
  const opinions = opinionsOf(story(opine(ana), opine(ben), opine(ana)));
  expect(opinions.given).toBe(2);
  expect(mayRead(opinions, "cleo")).toBe(false);
  expect(mayRead(opinions, "ana")).toBe(true);
  expect(readable(opinions)).toEqual([]);
  expect(pooledIn(opinions).of).toBe(0);
});

test("after the reveal everybody may read them", () => {
  const opinions = opinionsOf(story(opine(ana, HEART), reveal));
  expect(mayRead(opinions, "cleo")).toBe(true);
  expect(pooledIn(opinions).diagnoses[0]).toMatchObject({ dx: "Infarction", named: 1 });
});

test("a reveal of nothing opens nothing", () => {
  expect(opinionsOf(story(reveal)).opened).toBeNull();
});

test("what is late stands with the others and is not pooled", () => {
  const opinions = opinionsOf(story(opine(ana, HEART), reveal, opine(ben, BITE), opine(ana, BITE)));
  expect(readable(opinions)).toHaveLength(2);
  expect(heldIn(opinions).map(({ counted }) => counted)).toEqual([null, HEART]);
  expect(pooledIn(opinions).of).toBe(1);
});

test("an opinion weighs in the pool what it weighed when it was said, and 1 where that is not known", () => {
  const opinions = opinionsOf(story(opine(ana, HEART, 3), opine(ben, BITE), reveal, opine(ana, BITE, 0.05)));
  expect(heldIn(opinions).map(({ by, weight }) => [by.person, weight])).toEqual([
    ["ben", null],
    ["ana", 3],
  ]);
  const alike = opinionsOf(story(opine(ana, HEART), opine(ben, BITE), reveal));
  expect(pooledIn(alike).diagnoses[0]?.dx).toBe("Envenoming");
  expect(pooledIn(opinions).diagnoses[0]?.dx).toBe("Infarction");
});

const around = {} as ConstructorParameters<typeof Held>[1];

test("what is disclosed takes the place of what was withheld, older than what is loaded or not", () => {
  const marked: string[] = [];
  const held = new Held("case1", around, (...parts) => marked.push(...parts));
  held.loaded.take(
    story(opine(ana), opine(ben), opine(cleo, BITE)),
    () => {},
    () => {},
  );
  const told = story(opine(ana, HEART), opine(ben, BITE), opine(cleo, BITE)).slice(1);
  held.disclosed(told);
  const opinions = held.loaded.room.card?.opinions;
  expect(opinions && readable(opinions).map(({ by, differential }) => [by.person, differential])).toEqual([
    ["ana", HEART],
    ["ben", BITE],
    ["cleo", BITE],
  ]);
  expect(opinions?.given).toBe(3);
  expect(marked).toContain("card");
});

test("a body that comes withheld once more takes nothing back", () => {
  const held = new Held("case1", around, () => {});
  held.loaded.take(
    story(opine(ana)),
    () => {},
    () => {},
  );
  held.disclosed(story(opine(ana, HEART)).slice(1));
  held.disclosed(story(opine(ana)).slice(1));
  const opinions = held.loaded.room.card?.opinions;
  expect(opinions && readable(opinions)).toHaveLength(1);
});
