import { expect, test } from "vitest";
import { toldIn } from "../../src/surveys/shares.ts";

const ALL = { group: "", people: 24, counts: [[12, 12]] };
const ONE = { group: "cardiology", people: 12, counts: [[12, 0]] };

test("all together stand first, where they are told", () => {
  expect(toldIn({ groups: [ONE], all: ALL })).toEqual([ALL, ONE]);
  expect(toldIn({ groups: [ONE], all: null })).toEqual([ONE]);
  expect(toldIn({ groups: [], all: null })).toEqual([]);
});
