import { expect, test } from "vitest";
import { applies, missing, type Observed, score } from "../../src/triage/news2.ts";
import { vectors } from "../vectors.ts";

interface Vector {
  readonly name: string;
  readonly values: Record<string, number>;
  readonly observed: Observed;
  readonly value?: number;
  readonly band?: string;
  readonly missing?: string[];
}

const all = vectors<Vector>("news2");

test.each(all.filter((one) => !one.missing))("$name", ({ values, observed, value, band }) => {
  expect(score(values, observed)).toMatchObject({ value, band });
  expect(missing(values, observed)).toEqual([]);
});

test.each(all.filter((one) => one.missing))("$name", ({ values, observed, missing: named }) => {
  expect(score(values, observed)).toBeNull();
  expect(missing(values, observed)).toEqual(named);
});

test("it is not for children, nor in pregnancy", () => {
  for (const band of ["<1 month", "1-11 months", "1-4", "5-9", "10-14"]) expect(applies(band, false)).toBe(false);
  for (const band of ["", "15-17", "18-39", "65-89", "90+"]) expect(applies(band, false)).toBe(true);
  expect(applies("18-39", true)).toBe(false);
});
