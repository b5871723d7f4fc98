import { expect, test } from "vitest";
import type { Readings } from "../../../src/room/fold/readings.ts";
import { axisOf, drawn, newestOf, placeOf, pointsOf } from "../../../src/room/vitals/trend.ts";

const READINGS: Readings = {
  temperature: [
    [20, 101.3, "[degF]"],
    [10, 38, "Cel"],
    [30, 39, "Cel"],
  ],
  heart_rate: [[40, 112, "/min"]],
};

test("points stand in the order in which they were measured, in one unit", () => {
  expect(pointsOf("temperature", READINGS["temperature"] ?? [], "Cel")).toEqual([
    { at: 10, value: 38 },
    { at: 20, value: 38.5 },
    { at: 30, value: 39 },
  ]);
});

test("the newest is the one that was measured last, not the one that was told last", () => {
  expect(
    newestOf([
      [30, 39, "Cel"],
      [10, 38, "Cel"],
    ]),
  ).toEqual([30, 39, "Cel"]);
});

test("of two at one moment the last told is the newest", () => {
  expect(
    newestOf([
      [30, 39, "Cel"],
      [30, 38, "Cel"],
    ]),
  ).toEqual([30, 38, "Cel"]);
});

test("all vital signs and marks share one axis", () => {
  expect(axisOf(READINGS, [])).toEqual({ from: 10, to: 40 });
  expect(axisOf(READINGS, [{ at: 50 }])).toEqual({ from: 10, to: 50 });
});

test("time goes from left to right, and higher values stand higher", () => {
  const points = [38, 38.5, 39].map((value, n) => ({ at: 10 + 10 * n, value }));
  expect(drawn(points, { from: 10, to: 30 })).toEqual([
    [2, 22],
    [50, 12],
    [98, 2],
  ]);
});

test("what stays the same is a line in the middle, and one moment stands at the end", () => {
  expect(
    drawn(
      [
        { at: 10, value: 5 },
        { at: 30, value: 5 },
      ],
      { from: 10, to: 30 },
    ),
  ).toEqual([
    [2, 12],
    [98, 12],
  ]);
  expect(placeOf(10, { from: 10, to: 10 })).toBe(98);
});
