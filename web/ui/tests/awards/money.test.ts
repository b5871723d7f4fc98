import { expect, test } from "vitest";
import { left } from "../../src/awards/given.ts";
import { money, sums } from "../../src/awards/money.ts";

test("a sum is written with its currency", () => {
  expect(money(1_500, "USD")).toBe("$15.00");
});

test.each([
  [500, 2_500, [500, 1_500, 2_500]],
  [500, 500, [500]],
  [550, 575, [550, 575]],
])("from %i to %i one chooses from %j", (least_cents, most_cents, offered) => {
  expect(sums({ least_cents, most_cents })).toEqual(offered);
});

test("what is left of a budget is never less than nothing", () => {
  expect(left({ year: 2026, year_cents: 1_000, spent_cents: 400 })).toBe(600);
  expect(left({ year: 2026, year_cents: 100, spent_cents: 400 })).toBe(0);
});
