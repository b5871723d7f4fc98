import { expect, test } from "vitest";
import { type Answers, level, missing } from "../../src/triage/esi.ts";
import { vectors } from "../vectors.ts";

interface Vector {
  readonly name: string;
  readonly answers: Answers;
  readonly values: Record<string, number>;
  readonly value?: number;
  readonly allowed?: number[];
  readonly missing?: string[];
}

const all = vectors<Vector>("esi");

test.each(all.filter((one) => !one.missing))("$name", ({ answers, values, value, allowed }) => {
  expect(level(values, answers)).toEqual({ value, allowed });
  expect(missing(values, answers)).toEqual([]);
});

test.each(all.filter((one) => one.missing))("$name", ({ answers, values, missing: named }) => {
  expect(level(values, answers)).toBeNull();
  expect(missing(values, answers)).toEqual(named);
});
