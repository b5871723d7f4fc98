import { afterEach, beforeEach, expect, test } from "vitest";
import { watchPlan } from "../../src/room/watchPlan.ts";
import { Listener } from "./listener.ts";
import { act, ben, post, story } from "./story.ts";

const LOG = story(post(ben, "Ten vials."), act("e2", "accepted"), act("e2", "doing"));

let at: Listener;

beforeEach(() => {
  at = new Listener();
});
afterEach(() => at.end());

test("what others do with the plan is told, and not what stood there when one came", () => {
  at.comes(...LOG.slice(0, 3));
  at.listens(watchPlan, "ben");
  at.comes(...LOG.slice(3));
  expect(at.told).toEqual(["nurse_cleo is doing: Ten vials."]);
});

test("where the server begins anew only what came meanwhile is told", () => {
  at.comes(...LOG.slice(0, 3));
  at.listens(watchPlan, "ben");
  at.beginsAnew(LOG.slice(0, 3), LOG.slice(3));
  expect(at.told).toEqual(["nurse_cleo is doing: Ten vials."]);
});

test("what one does oneself is not told", () => {
  at.comes(...LOG.slice(0, 2));
  at.listens(watchPlan, "cleo");
  at.comes(...LOG.slice(2));
  expect(at.told).toEqual([]);
});
