import { afterEach, beforeEach, expect, test } from "vitest";
import { watchPosts } from "../../src/room/watchPosts.ts";
import { Listener } from "./listener.ts";
import { ben, cleo, post, story } from "./story.ts";

const LOG = story(post(ben, "Ten vials."), post(cleo, "Thanks."), post(ben, "Or twenty."), post(ben, "No, ten."));

let at: Listener;

beforeEach(() => {
  at = new Listener();
});
afterEach(() => at.end());

test("what others say is told, and not what was there when one came", () => {
  at.comes(...LOG.slice(0, 2));
  at.listens(watchPosts, "cleo");
  at.comes(...LOG.slice(2));
  expect(at.told).toEqual(["dr_ben: Or twenty.", "dr_ben: No, ten."]);
});

test("where the server begins anew only what came meanwhile is told", () => {
  at.comes(...LOG.slice(0, 4));
  at.listens(watchPosts, "cleo");
  at.beginsAnew(LOG.slice(0, 2), LOG.slice(2));
  expect(at.told).toEqual(["dr_ben: No, ten."]);
});
