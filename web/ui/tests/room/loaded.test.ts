import { describe, expect, test } from "vitest";
import type { Change } from "../../src/room/fold/fold.ts";
import { Loaded } from "../../src/room/store/loaded.ts";
import type { Entry } from "../../src/wire/frames.ts";
import { anyLog, Chance } from "./chance.ts";
import { ana, ben, CASE, post, retract, story, take } from "./story.ts";
import { folded, sights, stateOf } from "./summary.ts";

const nothing = () => {};

function taken(loaded: Loaded, entries: readonly Entry[]): boolean {
  return loaded.take(entries, nothing, nothing);
}

/** Whatever a server may send of `log`: a window of it after a joint, then more, some of it twice, and older pages. */
function anyhow(chance: Chance, log: readonly Entry[]): Loaded {
  const settled = 1 + chance.upTo(log.length);
  const window = chance.upTo(settled);
  const before = log.slice(0, settled);
  const loaded = new Loaded({ state: stateOf(before), case: { ...CASE, ...folded(before).card?.asked }, settled });
  let upto = window;
  while (upto < log.length || loaded.log.first > 1) {
    if (upto < log.length && (loaded.log.first <= 1 || chance.upTo(2) === 0)) upto = more(chance, loaded, log, upto);
    else older(chance, loaded, log);
  }
  return loaded;
}

function more(chance: Chance, loaded: Loaded, log: readonly Entry[], upto: number): number {
  const from = loaded.log.first === 0 ? upto : Math.max(loaded.log.first - 1, upto - chance.upTo(10));
  const end = Math.min(log.length, upto + 1 + chance.upTo(20));
  expect(taken(loaded, log.slice(from, end))).toBe(false);
  return end;
}

function older(chance: Chance, loaded: Loaded, log: readonly Entry[]): void {
  const end = loaded.log.first - 1;
  if (end > 0) loaded.front(log.slice(Math.max(0, end - 1 - chance.upTo(30)), end));
}

describe("whatever way a log comes, it gives the same room", () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);

  test.each(seeds)("as it came with seed %i", (seed) => {
    const chance = new Chance(seed);
    const log = anyLog(chance, 4 + chance.upTo(120));
    const loaded = anyhow(chance, log);
    expect(sights(loaded.room)).toEqual(sights(folded(log)));
    expect(loaded.room.orphans.size).toBe(0);
  });

  test.each(seeds)("and the same timeline, with seed %i", (seed) => {
    const chance = new Chance(seed);
    const log = anyLog(chance, 4 + chance.upTo(120));
    const whole = new Loaded();
    taken(whole, log);
    expect(anyhow(chance, log).timeline.items).toEqual(whole.timeline.items);
  });
});

test("what is missing is noticed, and what came before it is kept", () => {
  const log = story(post(ana, "One"), post(ben, "Two"), post(ana, "Three"));
  const loaded = new Loaded();
  expect(taken(loaded, [log[0], log[1], log[3]] as Entry[])).toBe(true);
  expect(loaded.log.position).toEqual({ after: 2, check: log[1]?.check });
});

test("a page that does not end where the loaded begins is refused, and changes nothing", () => {
  const log = story(post(ana, "One"), post(ben, "Two"), post(ana, "Three"));
  const loaded = new Loaded({ state: stateOf(log), case: CASE, settled: 4 });
  taken(loaded, log.slice(3));
  expect(() => loaded.front(log.slice(0, 2))).toThrow(RangeError);
  expect(loaded.timeline.items.map(({ key }) => key)).toEqual(["e4"]);
});

test("the timeline shows a post where it was made, as it is now, and no stances", () => {
  const loaded = new Loaded();
  taken(loaded, story(post(ana, "One"), post(ben, "Two"), take(ben, "e2", "agree"), retract(ana, "e2")));
  expect(loaded.timeline.items.map(({ is, key }) => [is, key])).toEqual([
    ["note", "e1"],
    ["post", "e2"],
    ["post", "e3"],
    ["note", "e5"],
  ]);
  expect(loaded.timeline.items[1]).toMatchObject({ post: { text: "", agree: [{ by: ben }] } });
});

test("a text that was amended and then retracted stands nowhere any more", () => {
  const loaded = new Loaded();
  const log = story(post(ana, "first text"), { by: ana, kind: "amended", body: { target: "e2", text: "second text" } });
  taken(loaded, [...log, ...story(post(ana, "first text"), post(ana, "-"), retract(ana, "e2")).slice(3)]);
  expect(JSON.stringify([loaded.timeline.items, [...loaded.room.posts.values()]])).not.toMatch(/(first|second) text/);
});

test("ten thousand events touch ten thousand times one post, and one item", () => {
  const log = anyLog(new Chance(7), 10_000);
  const loaded = new Loaded();
  const before = new Map<string, unknown>();
  let touched = 0;
  const count = ({ post: id }: Change) => {
    if (id !== null && before.get(id) !== loaded.room.posts.get(id)) touched += 1;
    if (id !== null) before.set(id, loaded.room.posts.get(id));
  };
  loaded.take(log.slice(0, 9_000), nothing, count);
  const posts = new Map(loaded.room.posts);
  const items = [...loaded.timeline.items];
  loaded.take(log.slice(9_000, 9_001), nothing, count);
  expect(touched).toBeLessThanOrEqual(9_001);
  expect([...loaded.room.posts].filter(([id, now]) => posts.get(id) !== now).length).toBeLessThanOrEqual(1);
  expect(loaded.timeline.items.filter((item, n) => items[n] !== item).length).toBeLessThanOrEqual(2);
});
