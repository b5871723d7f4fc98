import { afterEach, beforeEach, expect, test } from "vitest";
import { watchWarnings } from "../../src/room/watchWarnings.ts";
import { Listener } from "./listener.ts";
import { amend, ana, ben, cleo, post, type Said, story } from "./story.ts";

const warn = (by: typeof ana, target: string): Said => ({ by, kind: "warned", body: { target, reason: "danger" } });
const LOG = story(
  post(cleo, "Ten vials."),
  warn(ana, "e2"),
  post(cleo, "Or twenty."),
  warn(ana, "e4"),
  warn(ben, "e2"),
);
const WARNED = "dr_ana warns of a post by nurse_cleo: Dangerous.";

let at: Listener;

beforeEach(() => {
  at = new Listener();
});
afterEach(() => at.end());

test("a warning that comes is told once", () => {
  at.comes(...LOG.slice(0, 2));
  at.listens(watchWarnings, "cleo");
  at.comes(...LOG.slice(2, 3));
  at.comes(...LOG.slice(3, 4));
  expect(at.told).toEqual([WARNED]);
});

test("one's own is not, nor what was there when one came", () => {
  at.comes(...LOG.slice(0, 4));
  at.listens(watchWarnings, "ben");
  at.comes(...LOG.slice(5));
  expect(at.told).toEqual([]);
});

test("where the server begins anew only what came meanwhile is told", () => {
  at.comes(...LOG.slice(0, 5));
  at.listens(watchWarnings, "cleo");
  at.beginsAnew(LOG.slice(0, 2), LOG.slice(2));
  expect(at.told).toEqual([WARNED.replace("dr_ana", "dr_ben")]);
});

test("what was warned of before is not told when its post is loaded", () => {
  at.comes(...LOG.slice(3));
  at.listens(watchWarnings, "cleo");
  at.turnsBack(...LOG.slice(0, 3));
  expect(at.told).toEqual([]);
});

test("a warning of the amended text is another", () => {
  const log = story(post(cleo, "Ten vials."), warn(ana, "e2"), amend(cleo, "e2", "Twelve."), warn(ana, "e2"));
  at.comes(...log.slice(0, 3));
  at.listens(watchWarnings, "cleo");
  at.comes(...log.slice(3));
  expect(at.told).toEqual([WARNED]);
});
