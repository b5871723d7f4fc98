import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { answersOf } from "../../src/outcome/answers.ts";
import { claimsOf, judged, verdictOf } from "../../src/outcome/claims.ts";
import type { Item } from "../../src/room/store/item.ts";
import { Listed } from "../../src/room/store/listed.ts";
import { act, ana, ben, pin, post, retract, type Said, story } from "../room/story.ts";
import { folded, inOrder } from "../room/summary.ts";

const NONE = { supports: [], contradicts: [] };
const advice = (text: string): Said => ({
  by: ana,
  kind: "post",
  body: { text, kind: "recommendation", evidence: [], images: [] },
});

function claims(said: readonly Said[], named = NONE as { supports: string[]; contradicts: string[] }) {
  const room = folded(story(...said));
  const listed = new Listed();
  const timeline = signal(inOrder(room.posts).map((post): Item => ({ is: "post", key: post.id, post })));
  const store = { plan: signal(listed.plan(room)), pinned: signal(listed.pinned(room)), timeline };
  return claimsOf(store, named).map(({ id }) => id);
}

test("the plan is asked about first, then what is pinned, then other recommendations, each once", () => {
  const said = [advice("Wait."), post(ben, "It was a krait."), advice("Antivenom."), post(ana, "Hm.")];
  expect(claims([...said, act("e4", "done"), pin("e3"), pin("e4")])).toEqual(["e4", "e3", "e2"]);
});

test("what was taken back is not asked about", () => {
  const said = [advice("Wait."), advice("Tube."), act("e3", "done"), retract(ana, "e2"), retract(ana, "e3")];
  expect(claims(said)).toEqual([]);
});

test("what an earlier outcome named is asked about again", () => {
  expect(claims([post(ben, "It was a krait.")], { supports: ["e2"], contradicts: [] })).toEqual(["e2"]);
});

test("a post is on one side, or on none", () => {
  const nothing = answersOf(null);
  const right = judged(nothing, "e2", "right");
  expect([verdictOf(nothing, "e2"), verdictOf(right, "e2")]).toEqual(["neither", "right"]);
  const wrong = judged(right, "e2", "wrong");
  expect([wrong.supports, wrong.contradicts]).toEqual([[], ["e2"]]);
  expect(judged(wrong, "e2", "neither")).toEqual(nothing);
});

test("no more are named than a command takes", () => {
  const full = { ...answersOf(null), supports: Array.from({ length: 50 }, (_, n) => `e${n}`) };
  expect(judged(full, "one more", "right")).toBe(full);
  expect(verdictOf(judged(full, "e7", "right"), "e7")).toBe("right");
});
