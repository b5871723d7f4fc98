import { expect, test } from "vitest";
import { type Alarm, lastMonths, pathOf, report, stateOf } from "../../src/bias/report.ts";
import { chance, decimal, of, points, share } from "../../src/bias/shares.ts";
import type { Asking } from "../../src/http/api.ts";

const NOVEMBER = Date.UTC(2026, 10, 30, 23, 59);
const ALARM: Alarm = { kind: "many", about: "", value: 0.01, bound: 0.02, n: 40, least: 20, raised: false };

test("so many months end with this one, also over the turn of a year", () => {
  expect(lastMonths(1, NOVEMBER)).toEqual({ first: "2026-11", last: "2026-11" });
  expect(lastMonths(12, NOVEMBER)).toEqual({ first: "2025-12", last: "2026-11" });
  expect(lastMonths(24, Date.UTC(2027, 0, 1))).toEqual({ first: "2025-02", last: "2027-01" });
});

test("a report is asked for by its months, and given time", async () => {
  const asked: [string, Asking | undefined][] = [];
  const api = {
    get: async <T>(path: string, asking?: Asking) => {
      asked.push([path, asking]);
      return {} as T;
    },
  };
  await report(api, lastMonths(3, NOVEMBER), new AbortController().signal);
  expect(asked.map(([path]) => path)).toEqual(["/api/moderation/bias-watch?from=2026-09&to=2026-11"]);
  expect(asked[0]?.[1]?.within_ms).toBeGreaterThan(60_000);
});

test("each table is a file beside it", () => {
  expect(pathOf(lastMonths(3, NOVEMBER), "observers")).toBe(
    "/api/moderation/bias-watch/observers.csv?from=2026-09&to=2026-11",
  );
});

test("an alarm is raised, within its bound, or of too few to tell", () => {
  expect(stateOf(ALARM)).toBe("within");
  expect(stateOf({ ...ALARM, raised: true })).toBe("raised");
  expect(stateOf({ ...ALARM, n: 19 })).toBe("few");
  expect(stateOf({ ...ALARM, value: null })).toBe("few");
});

test("shares, differences and chances are written with as many digits as they bear", () => {
  expect([share(0.0213), share(1)]).toEqual(["2.1%", "100%"]);
  expect([points(0.1234), points(-0.5), points(0)]).toEqual(["+12", "−50", "0"]);
  expect([decimal(0.5), of(3, 40)]).toEqual(["0.50", "3/40"]);
  expect([chance(0.0341), chance(0.0004), chance(1)]).toEqual(["0.034", "< 0.001", "1.00"]);
});
