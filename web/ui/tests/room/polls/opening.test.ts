import { expect, test } from "vitest";
import { filled, placed, textsOf, wrongWith } from "../../../src/room/polls/opening.ts";
import { toggled } from "../../../src/room/polls/voting.ts";

const asked = (...options: readonly string[]) => ({ question: " Antivenom? ", options, multiple: false });

test("options that were left empty are not sent", () => {
  expect(filled(asked("Yes ", "", "No"))).toEqual({ question: "Antivenom?", options: ["Yes", "No"], multiple: false });
});

test.each([
  [asked("Yes", " "), "few"],
  [asked("Two  vials", "two vials", "No"), "same"],
  [asked("Yes", "No"), undefined],
])("what is to be mended is said before it is sent", (question, wrong) => {
  expect(wrongWith(question)).toBe(wrong);
});

test("its texts are named as the gate names them", () => {
  expect(textsOf(asked("Yes", "No"))).toEqual({ question: " Antivenom? ", "options.0": "Yes", "options.1": "No" });
});

test("one option is written without touching the others", () => {
  expect(placed(["a", "b"], 1, "c")).toEqual(["a", "c"]);
});

test("a second tap takes a choice back", () => {
  expect(toggled([2], 0)).toEqual([0, 2]);
  expect(toggled([0, 2], 2)).toEqual([0]);
});
