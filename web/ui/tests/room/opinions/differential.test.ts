import { describe, expect, test } from "vitest";
import {
  added,
  differentialOf,
  type Line,
  linesOf,
  MOST_NAMED,
  restOf,
  weighed,
  without,
} from "../../../src/room/opinions/differential.ts";

const percents = (lines: readonly Line[]) => lines.map(({ percent }) => percent);
const named = (...names: string[]) => names.reduce((lines, dx) => added(lines, { dx }), [] as readonly Line[]);

describe("what is added", () => {
  test("takes half of what is left", () => {
    expect(percents(named("a", "b", "c"))).toEqual([50, 25, 15]);
    expect(restOf(named("a", "b", "c"))).toBe(10);
  });

  test("has a step where nothing is left, from the likeliest", () => {
    const certain = weighed(named("a"), 0, 100);
    expect(percents(added(certain, { dx: "b" }))).toEqual([95, 5]);
  });

  test("is there once, and one too many changes nothing", () => {
    expect(named("a", " A ")).toHaveLength(1);
    const full = named(..."abcdefghij");
    expect(full).toHaveLength(MOST_NAMED);
    expect(added(full, { dx: "k" })).toBe(full);
  });

  test("never makes more than a hundred", () => {
    expect(restOf(named(..."abcdefghij"))).toBeGreaterThanOrEqual(0);
  });
});

test("a likelihood goes no further than the others leave", () => {
  const two = named("a", "b");
  expect(percents(weighed(two, 0, 100))).toEqual([75, 25]);
  expect(percents(weighed(two, 0, 0))).toEqual([5, 25]);
});

test("what is removed leaves its share to something else", () => {
  expect(restOf(without(named("a", "b"), 0))).toBe(75);
});

test("it is sent with the likeliest first, as probabilities", () => {
  const lines = [
    { dx: "a", percent: 20 },
    { dx: "b", code: "I21", percent: 55 },
  ];
  expect(differentialOf(lines)).toEqual([
    { dx: "b", probability: 0.55, code: "I21" },
    { dx: "a", probability: 0.2 },
  ]);
  expect(linesOf(differentialOf(lines)).map(({ dx, percent }) => [dx, percent])).toEqual([
    ["b", 55],
    ["a", 20],
  ]);
});
