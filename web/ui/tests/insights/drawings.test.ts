import { expect, test } from "vitest";
import { columnsOf, newestOf, total } from "../../src/insights/drawing.ts";
import { answering, binsOf, calibration, hitting, holding, shares, waiting } from "../../src/insights/drawings.ts";
import { casesOf, casesOfThirds } from "../../src/insights/sentences.ts";
import { line, tally, third, told } from "./told.ts";

const MONTHS = ["2026-11", "2026-12", "2027-01", "2027-02"];

test("every month that was asked for has its place, with figures or without", () => {
  const drawing = waiting(
    told({ times: [line("2026-12"), line("2027-01", "closed"), line("2027-02")] }).times,
    "answered",
  );
  expect(drawing.months).toEqual(MONTHS);
  expect(drawing.counts).toEqual([0, 3, 0, 3]);
  expect(total(drawing.counts)).toBe(6);
  expect(newestOf(drawing)).toBe(3);
});

test("a month without figures is a gap in all lines of its chart", () => {
  expect(columnsOf(waiting(told({ times: [line("2026-12")], to: "2026-12" }).times, "answered"))).toEqual([
    [0, 1],
    [null, 61_000],
    [null, 99_000],
  ]);
});

test("where there is nothing there is no newest month, and no case", () => {
  const drawing = waiting(told({}).times, "answered");
  expect(newestOf(drawing)).toBe(-1);
  expect(casesOf(total(drawing.counts))).toBe("No case yet");
});

test("shares are of all things of their month, each measure a line, and the cases are counted once", () => {
  const tallies = [tally("corroborated", "2026-11", 7), tally("disputed", "2026-11", 1)];
  const { curves, counts, most } = shares(told({ tallies }).tallies, ["corroborated", "disputed"]);
  expect(curves.map(({ tone, values }) => [tone, values[0], values[1]])).toEqual([
    ["first", 0.7, null],
    ["second", 0.1, null],
  ]);
  expect([counts[0], most]).toEqual([4, 1]);
});

test("Brier's score is the mean of all opinions", () => {
  const { curves } = calibration(told({ tallies: [tally("brier", "2026-12", 0, 4_000)] }).tallies);
  expect(curves[0]?.values).toEqual([null, 0.4, null, null]);
});

test("what was given which probability is taken together over all months", () => {
  const tallies = [tally("forecast_0", "2026-11", 1, 500), tally("forecast_9", "2026-11", 9, 9_500)];
  const bins = binsOf(told({ tallies: [...tallies, tally("forecast_9", "2027-01", 10, 9_700)] }).tallies);
  expect(bins).toEqual([
    { low: 0, n: 10, mean: 0.05, hits: 1 },
    { low: 0.9, n: 20, mean: 0.96, hits: 19 },
  ]);
});

test("each third is a line, in the order of how often they were asked", () => {
  const thirds = [third("most", "2026-11", 6), third("least", "2026-11", 12)];
  const { thirds: found } = told({ thirds });
  const drawing = answering(found);
  expect(drawing.curves.map(({ says, values }) => [says, values[0]])).toEqual([
    ["asked least", 3],
    ["in the middle", null],
    ["asked most", 1.5],
  ]);
  expect(drawing.counts).toEqual([8, 0, 0, 0]);
  expect(holding(found).curves[0]?.values[0]).toBe(0.5);
  expect(hitting(found).curves[0]?.values[0]).toBe(0.75);
  expect(casesOfThirds(found)).toContain("9 of those asked least, 0 in the middle, 9 of those");
});

test("who gave no opinion that was scored has no share and no score", () => {
  const { thirds } = told({ thirds: [{ ...third("least", "2026-11", 1), opinions: 0, hits: 0, brier: 0 }] });
  expect([holding(thirds).curves[0]?.values[0], hitting(thirds).curves[0]?.values[0]]).toEqual([null, null]);
});
