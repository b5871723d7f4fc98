import { expect, test } from "vitest";
import { filtered } from "../../src/archive/filter.ts";
import type { ClosedLine } from "../../src/archive/records.ts";

const line = (id: string, rest: Partial<ClosedLine>): ClosedLine => ({
  id,
  title: "Purpura and fever",
  acuity: "stat",
  specialties: ["paediatric_intensive_care"],
  languages: ["ne"],
  opened_at: 1,
  ...rest,
});
const LINES = [
  line("purpura", {}),
  line("bite", { title: "Snake bite", acuity: "routine", specialties: ["toxicology"] }),
];

test.each([
  ["", ["purpura", "bite"]],
  ["snake", ["bite"]],
  ["pediatric", ["purpura"]],
  ["stat purp", ["purpura"]],
  ["nepali", ["purpura", "bite"]],
  ["burn", []],
])("%j finds %j", (words, found) => {
  expect(filtered(LINES, words).map((one) => one.id)).toEqual(found);
});
