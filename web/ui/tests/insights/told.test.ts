import { expect, test } from "vitest";
import { briefMonth, decimal, duration, longMonth, percent, shortMonth } from "../../src/insights/durations.ts";
import { seesFigures } from "../../src/insights/sight.ts";
import { addressOf, monthsFrom, told } from "../../src/insights/told.ts";
import type { Me } from "../../src/wire/frames.ts";

test("from a month to itself is one, and to one before it none", () => {
  expect(monthsFrom("2026-12", "2026-12")).toEqual(["2026-12"]);
  expect(monthsFrom("2026-12", "2026-11")).toEqual([]);
  expect(monthsFrom("2026-11", "2027-01")).toEqual(["2026-11", "2026-12", "2027-01"]);
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

test("shares are whole per cent, and other numbers have two decimals", () => {
  expect([percent(0.725), percent(1), decimal(0.5), decimal(1.234)]).toEqual(["73%", "100%", "0.50", "1.23"]);
});

test("a month has its name, in short and in full, in every time zone", () => {
  const said = [shortMonth("2026-11"), briefMonth("2026-11"), longMonth("2026-01")];
  expect(said).toEqual(["Nov", "Nov 2026", "January 2026"]);
});

test("what one looks at is what is asked for, of each kind and as a file", async () => {
  const asked: string[] = [];
  const api = {
    get: async <T>(path: string) => {
      asked.push(path);
      return { path } as T;
    },
  };
  const choice = { acuity: "stat", specialty: "*", country: "KE" } as const;
  const query = "?acuity=stat&specialty=*&country=KE";
  const found = await told(api, choice, new AbortController().signal);
  expect(asked).toEqual(["times", "tallies", "thirds"].map((kind) => `/api/insights/${kind}${query}`));
  expect(found.tallies).toEqual({ path: asked[1] });
  expect(addressOf("times", choice, "csv")).toBe(`/api/insights/times.csv${query}`);
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
