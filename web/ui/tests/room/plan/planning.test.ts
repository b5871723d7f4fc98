import { beforeAll, expect, test } from "vitest";
import { groupsOf, isFull, lineOf, MOST_OPEN } from "../../../src/room/plan/planning.ts";
import type { Item } from "../../../src/room/store/item.ts";
import { Listed } from "../../../src/room/store/listed.ts";
import type { Entry } from "../../../src/wire/frames.ts";
import { act, ana, ben, type Said, story } from "../story.ts";
import { folded, inOrder } from "../summary.ts";

const advice = (text: string, contradicts?: string): Said => ({
  by: contradicts ? ben : ana,
  kind: "post",
  body: { text, kind: "recommendation", evidence: [], images: [], ...(contradicts && { contradicts }) },
});

beforeAll(() => import("../../../src/words/more/plan.ts"));

function planOf(log: readonly Entry[]) {
  const room = folded(log);
  const timeline = inOrder(room.posts).map((post): Item => ({ is: "post", key: post.id, post }));
  return { plan: new Listed().plan(room), timeline };
}

const groups = (...said: readonly Said[]) => {
  const { plan, timeline } = planOf(story(...said));
  return groupsOf(plan, timeline).map(({ acts, against }) => [acts.map(({ id }) => id), against.map(({ id }) => id)]);
};

test("the plan in one line counts what is done", () => {
  const { plan } = planOf(story(advice("One."), advice("Two."), act("e2", "doing"), act("e3", "done")));
  expect(lineOf(plan)).toBe("Plan: 1 doing, 1 done");
});

test("what is open stands first, each in the order in which it was taken up", () => {
  const said = [advice("One."), advice("Two."), advice("Three.")];
  expect(groups(...said, act("e2", "done"), act("e3", "accepted"), act("e4", "doing")).map(([acts]) => acts)).toEqual([
    ["e3"],
    ["e4"],
    ["e2"],
  ]);
});

test("acts that contradict each other stand side by side", () => {
  const said = [advice("One."), advice("Two."), advice("Not one.", "e2")];
  expect(groups(...said, act("e2", "accepted"), act("e3", "accepted"), act("e4", "done"))).toEqual([
    [["e2", "e4"], []],
    [["e3"], []],
  ]);
});

test("a recommendation that contradicts an act is seen beside it, on the plan or not", () => {
  expect(groups(advice("One."), advice("Not one.", "e2"), act("e2", "accepted"))).toEqual([[["e2"], ["e3"]]]);
});

test("seven that are open are all that there can be", () => {
  const many = Array.from({ length: MOST_OPEN }, () => advice("One."));
  const taken = many.map((_, n) => act(`e${n + 2}`, "accepted"));
  expect(isFull(planOf(story(...many, ...taken)).plan)).toBe(true);
  expect(isFull(planOf(story(...many, ...taken, act("e2", "done"))).plan)).toBe(false);
});
