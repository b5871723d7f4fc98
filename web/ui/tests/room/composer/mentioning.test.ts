import { expect, test } from "vitest";
import { completed, offered, typedAt } from "../../../src/room/composer/mentioning.ts";

const NAMES = ["Ana María", "dr_ben", "dr_ana"];

test.each([
  ["@", 1, { from: 0, name: "" }],
  ["Ask @dr", 7, { from: 4, name: "dr" }],
  ["@Ana Ma", 7, { from: 0, name: "Ana Ma" }],
])("%j at %i: a name is being typed", (text, cursor, typed) => expect(typedAt(text, cursor)).toEqual(typed));

test.each([
  ["a@b", 3],
  ["@dr_ana", 0],
  ["@dr\n", 4],
  ["nobody", 6],
])("%j at %i: none is", (text, cursor) => expect(typedAt(text, cursor)).toBeNull());

test("names that begin so are offered, whatever accents and capitals, and whole ones are not", () => {
  expect(offered(NAMES, { from: 0, name: "DR" })).toEqual(["dr_ben", "dr_ana"]);
  expect(offered(NAMES, { from: 0, name: "ana mari" })).toEqual(["Ana María"]);
  expect(offered(NAMES, { from: 0, name: "dr_ana" })).toEqual([]);
  expect(offered(NAMES, { from: 0, name: "dr_ana look" })).toEqual([]);
});

test("the name takes the place of what was typed, and the cursor stands behind it", () => {
  expect(completed("Ask @dr now", { from: 4, name: "dr" }, 7, "dr_ana")).toEqual({
    text: "Ask @dr_ana now",
    cursor: 12,
  });
  expect(completed("@", { from: 0, name: "" }, 1, "dr_ana")).toEqual({ text: "@dr_ana ", cursor: 8 });
});
