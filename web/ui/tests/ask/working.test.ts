import { expect, test } from "vitest";
import { type Findings, NO_FINDINGS, unfound } from "../../src/ask/findings.ts";
import { openCase } from "../../src/ask/opening.ts";
import { findingsOf } from "../../src/ask/reopening.ts";
import { measured, worked } from "../../src/ask/working.ts";
import { FULL } from "./shelf.ts";

const typed = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, { text, unit: UNITS[name] ?? "/min" }]));
const UNITS: Record<string, string> = { oxygen_saturation: "%", systolic: "mm[Hg]", temperature: "[degF]" };

const ILL: Findings = {
  ...NO_FINDINGS,
  at: 7,
  vitals: typed({
    respiratory_rate: "25",
    oxygen_saturation: "93",
    systolic: "95",
    heart_rate: "112",
    temperature: "101,3",
  }),
  on_oxygen: true,
  consciousness: "A",
};

test("a score with its band and its acuity follows as soon as nothing is missing", () => {
  const { triage, acuity, missing } = worked(ILL, "40-64");
  expect(triage).toMatchObject({ system: "NEWS2", value: 12, band: "emergency" });
  expect([acuity, missing]).toEqual(["stat", []]);
});

test("what is missing is named, and nothing is suggested", () => {
  const { triage, acuity, missing } = worked({ ...ILL, consciousness: null }, "40-64");
  expect([triage, acuity, missing]).toEqual([null, null, ["consciousness"]]);
});

test("there is no score for a child, nor in pregnancy", () => {
  expect(worked(ILL, "5-9").triage).toBeNull();
  expect(worked({ ...ILL, pregnant: true }, "18-39").triage).toBeNull();
});

test("a value that no patient has is marked, and counts for nothing", () => {
  const { wrong, missing } = worked({ ...ILL, vitals: { ...ILL.vitals, ...typed({ heart_rate: "1120" }) } }, "40-64");
  expect([[...wrong.keys()], missing]).toEqual([["heart_rate"], ["heart_rate"]]);
});

test("what is no number is marked", () => {
  const { wrong } = worked({ ...NO_FINDINGS, vitals: typed({ heart_rate: "fast" }) }, "");
  expect([...wrong.keys()]).toEqual(["heart_rate"]);
});

test("a level of ESI follows from the answers; where two are to be considered one settles", () => {
  const asked: Findings = { ...ILL, system: "ESI", vitals: typed({ heart_rate: "120" }), resources: "many" };
  expect(worked(asked, "40-64").level?.allowed).toEqual([2, 3]);
  expect(worked(asked, "40-64").acuity).toBe("asap");
  expect(worked({ ...asked, level: 3 }, "40-64").acuity).toBe("urgent");
  expect(worked({ ...asked, level: 5 }, "40-64").triage?.value).toBe(2);
});

test("the age for ESI is asked where the band leaves a doubt", () => {
  const asked: Findings = { ...NO_FINDINGS, system: "ESI", resources: "one" };
  expect(worked(asked, "5-9").missing).toEqual(["age"]);
  expect(worked({ ...asked, age: "3-8y" }, "5-9").triage).toMatchObject({ value: 4, age: "3-8y" });
});

test("a colour is taken as it is", () => {
  const { triage, acuity } = worked({ ...NO_FINDINGS, system: "MTS", colour: "orange" }, "5-9");
  expect([triage, acuity]).toEqual([{ system: "MTS", value: "orange" }, "asap"]);
});

test("vital signs are sent as they were typed, with when; of a score only what was answered", () => {
  const sent = measured(ILL, "40-64", 99);
  expect(sent.vitals?.at(-1)).toEqual({ name: "temperature", value: 101.3, unit: "[degF]" });
  expect(sent.vitals_at).toBe(7);
  expect(sent.triage).toEqual({ system: "NEWS2", value: 12, on_oxygen: true, consciousness: "A", scale: 1 });
});

test("a case that waited for a line for over a week is sent with vital signs that the server still takes", () => {
  const week = 7 * 86_400_000;
  expect(measured({ ...ILL, at: 0 }, "", week + 5).vitals_at).toBe(5);
});

test.each<Findings>([
  {
    ...ILL,
    vitals: typed({
      respiratory_rate: "25",
      oxygen_saturation: "93",
      systolic: "95",
      heart_rate: "112",
      temperature: "101.3",
    }),
  },
  { ...NO_FINDINGS, system: "MTS", colour: "red" },
  { ...NO_FINDINGS, system: "ESI", high_risk: true, level: 2 },
])("findings come back from their case as they were", (findings) => {
  const wish = openCase(FULL);
  expect(wish && findingsOf({ ...wish, ...measured(findings, "", 7) })).toEqual(findings);
});

test("nothing found is nothing written", () => {
  expect(unfound(NO_FINDINGS)).toBe(true);
  expect(unfound(ILL)).toBe(false);
});
