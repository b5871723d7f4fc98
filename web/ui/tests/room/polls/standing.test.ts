import { expect, test } from "vitest";
import type { Poll } from "../../../src/room/fold/polls.ts";
import { missing, share, standingOf } from "../../../src/room/polls/standing.ts";
import { ana, ballot, ben, cleo, poll, pollClose, type Said, story } from "../story.ts";
import { folded } from "../summary.ts";

function pollAfter(...said: readonly Said[]): Poll {
  const found = folded(story(poll(cleo, ["A", "B", "C"]), ...said)).polls.get("e2");
  if (!found) throw new RangeError("there is no poll");
  return found;
}

test("who has voted sees how many chose each option", () => {
  const open = pollAfter(ballot(ana, "e2", [1]), ballot(ben, "e2", [1]), ballot(cleo, "e2", [2]));
  expect(standingOf(open, "ana")).toEqual({ mine: [1], counts: [0, 2, 1], voters: 3 });
});

test("who has not sees how many have voted and no more", () => {
  expect(standingOf(pollAfter(ballot(ana, "e2"), ballot(ben, "e2")), "cleo")).toEqual({
    mine: [],
    counts: null,
    voters: 2,
  });
});

test("once it is closed what is on record counts", () => {
  const over = pollAfter(ballot(ana, "e2"), pollClose("e2", 4, [3, 1, 0]));
  expect(standingOf(over, "cleo")).toEqual({ mine: [], counts: [3, 1, 0], voters: 4 });
});

test("those who are here and have not voted are counted", () => {
  expect(missing(pollAfter(ballot(ana, "e2")), [ana, ben, cleo])).toBe(2);
});

test("a part of nobody is nothing", () => {
  expect([share(0, 0), share(1, 4)]).toEqual([0, 0.25]);
});
