import { expect, test } from "vitest";
import { timesOf } from "../../src/rosters/times.ts";

const SHIFT = { handle: "ben", starts: "2026-03-02T20:00", ends: "2026-03-03T08:00", every_weeks: 0, until: null };

test("a shift is told by the clock of its place", () => {
  expect(timesOf(SHIFT)).toMatch(/^Mar 2, 2026, 8:00\sPM to Mar 3, 2026, 8:00\sAM$/);
});

test("one that comes again says how often and until when", () => {
  expect(timesOf({ ...SHIFT, every_weeks: 1 })).toMatch(/each week$/);
  expect(timesOf({ ...SHIFT, every_weeks: 3, until: "2026-12-31" })).toMatch(/every 3 weeks, until Dec 31, 2026$/);
});
