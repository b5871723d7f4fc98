import { afterEach, beforeEach, expect, test } from "vitest";
import { watchPolls } from "../../src/room/watchPolls.ts";
import { Listener } from "./listener.ts";
import { ana, ballot, cleo, poll, pollClose, story } from "./story.ts";

const LOG = story(poll(cleo), ballot(ana, "e2"), pollClose("e2", 1, [1, 0]));

let at: Listener;

beforeEach(() => {
  at = new Listener();
});
afterEach(() => at.end());

test("that the room is asked is told, and that it is over, but no ballot", () => {
  at.comes(...LOG.slice(0, 1));
  at.listens(watchPolls, "ben");
  at.comes(...LOG.slice(1, 3));
  expect(at.told).toEqual(["nurse_cleo asks the room to vote: Antivenom?"]);
  at.comes(...LOG.slice(3));
  expect(at.told.at(-1)).toBe("Poll closed: Antivenom?");
});

test("who asks is not told that they have", () => {
  at.comes(...LOG.slice(0, 1));
  at.listens(watchPolls, "cleo");
  at.comes(...LOG.slice(1, 2));
  expect(at.told).toEqual([]);
});
