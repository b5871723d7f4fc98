import { expect, test } from "vitest";
import { wrongIn } from "../../src/vitals/checks.ts";
import { converted } from "../../src/vitals/conversion.ts";
import type { Vital } from "../../src/wire/frames.ts";
import { vectors } from "../vectors.ts";

interface Vector {
  readonly vital: Vital;
  readonly into: string;
  readonly gives?: number;
  readonly refused?: string;
}

const all = vectors<Vector>("vitals");

test.each(all.filter((one) => one.gives !== undefined))(
  "$vital.name $vital.value in $into",
  ({ vital, into, gives }) => {
    expect(wrongIn(vital)).toBeNull();
    expect(converted(vital, into)).toBe(gives);
  },
);

test.each(all.filter((one) => one.refused))("$vital.name $vital.value $vital.unit is refused", ({ vital }) => {
  expect(wrongIn(vital)).not.toBeNull();
});

test("limits are told in the unit in which it was given", () => {
  expect(wrongIn({ name: "temperature", value: 53.5, unit: "[degF]" })).toEqual({
    is: "limits",
    low: 53.6,
    high: 114.8,
  });
});

test("what is no number is refused", () => {
  expect(wrongIn({ name: "pain", value: Number.NaN, unit: "{score}" })?.is).toBe("limits");
});
