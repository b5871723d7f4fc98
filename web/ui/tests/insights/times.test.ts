import { expect, test } from "vitest";
import { duration, longMonth, shortMonth } from "../../src/insights/durations.ts";
import { seesFigures } from "../../src/insights/sight.ts";
import { columnsOf, countOf, type Line, monthsFrom, monthsOf, type Times, times } from "../../src/insights/times.ts";
import type { Me } from "../../src/wire/frames.ts";

const line = (month: string, measure: Line["measure"] = "answered"): Line => ({
  ...{ measure, month, n: 3, median_ms: 61_000, p90_ms: 99_000 },
});
const TOLD: Times = {
  from: "2026-11",
  to: "2027-02",
  specialties: [],
  times: [line("2026-12"), line("2027-01", "closed"), line("2027-02")],
};

test("every month that was asked for has its place, with figures or without", () => {
  const months = monthsOf(TOLD, "answered");
  expect(months.map(({ month, line }) => [month, line?.n])).toEqual([
    ["2026-11", undefined],
    ["2026-12", 3],
    ["2027-01", undefined],
    ["2027-02", 3],
  ]);
  expect(countOf(months)).toBe(6);
});

test("a month without figures is a gap in both lines of its chart", () => {
  expect(columnsOf(monthsOf({ ...TOLD, to: "2026-12" }, "answered"))).toEqual([
    [0, 1],
    [null, 61_000],
    [null, 99_000],
  ]);
});

test("from a month to itself is one, and to one before it none", () => {
  expect(monthsFrom("2026-12", "2026-12")).toEqual(["2026-12"]);
  expect(monthsFrom("2026-12", "2026-11")).toEqual([]);
});

test.each([
  [900, "1 sec"],
  [45_000, "45 sec"],
  [119_000, "119 sec"],
  [270_000, "4.5 min"],
  [45 * 60_000, "45 min"],
  [3 * 3_600_000, "3 hr"],
  [47 * 3_600_000, "47 hr"],
  [60 * 3_600_000, "2.5 days"],
])("%d ms are %s", (ms, said) => {
  expect(duration(ms)).toBe(said);
});

test("a month has its name, in short and in full, in every time zone", () => {
  expect([shortMonth("2026-11"), longMonth("2026-01")]).toEqual(["Nov", "January 2026"]);
});

test("what one looks at is what is asked for", async () => {
  const asked: string[] = [];
  const api = {
    get: async <T>(path: string) => {
      asked.push(path);
      return TOLD as T;
    },
  };
  await times(api, { acuity: "stat", specialty: "*" }, new AbortController().signal);
  expect(asked).toEqual(["/api/insights/times?acuity=stat&specialty=*"]);
});

test.each([
  ["moderator", 3, true],
  ["physician", 2, true],
  ["physician", 1, false],
  ["clinician", 1, false],
  ["observer", 0, false],
])("a %s of T%d sees figures: %s", (role, tier, sees) => {
  const me: Me = { person: "p", handle: "p", role, specialty: "", tier };
  expect(seesFigures(me)).toBe(sees);
});
