import { describe, expect, test } from "vitest";
import { complete, hoursOf, rowsOf, toggled, WORKDAYS } from "../../src/reach/weekly.ts";

describe("weekly hours", () => {
  test("the same hours on several days are one row", () => {
    expect(rowsOf(hoursOf([WORKDAYS]))).toEqual([WORKDAYS]);
  });

  test("other hours on one day are another row", () => {
    const rows = [WORKDAYS, { days: [6], begins: "09:00", ends: "12:00" }];
    expect(rowsOf(hoursOf(rows))).toEqual(rows);
  });

  test("what says the same twice is said once", () => {
    expect(rowsOf([...hoursOf([WORKDAYS]), ...hoursOf([WORKDAYS])])).toEqual([WORKDAYS]);
  });

  test("a day is put in and taken out in its place", () => {
    const row = toggled(toggled(WORKDAYS, 3), 6);
    expect(row.days).toEqual([1, 2, 4, 5, 6]);
    expect(toggled(row, 3).days).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("a row needs a day and both times", () => {
    expect(complete([WORKDAYS])).toBe(true);
    expect(complete([])).toBe(true);
    expect(complete([{ ...WORKDAYS, days: [] }])).toBe(false);
    expect(complete([WORKDAYS, { ...WORKDAYS, ends: "" }])).toBe(false);
  });
});
