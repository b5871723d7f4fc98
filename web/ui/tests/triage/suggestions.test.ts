import { expect, test } from "vitest";
import { suggested, type Triage } from "../../src/triage/suggestions.ts";
import { vectors } from "../vectors.ts";

interface Vector {
  readonly system: Triage["system"];
  readonly value: string;
  readonly acuity: string | null;
}

test.each(vectors<Vector>("suggestions"))("$system $value suggests $acuity", ({ system, value, acuity }) => {
  const triage = (system === "NEWS2" ? { system, value: 0, band: value } : { system, value }) as Triage;
  expect(suggested(triage)).toBe(acuity);
});
