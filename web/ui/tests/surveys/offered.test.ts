import { expect, test } from "vitest";
import { begun, chosen, isWhole } from "../../src/surveys/offered.ts";

const QUESTIONS = [
  { question: "Do you stock antivenom?", options: ["Yes", "No"] },
  { question: "What else?", options: ["Adrenaline", "Ventilator"], multiple: true },
];
const SURVEY = { id: "s1", title: "Snakes", by: null, closes_at: 1, questions: QUESTIONS, answers: null };

test("a form begins empty, or with what was answered", () => {
  expect(begun(SURVEY)).toEqual([[], []]);
  expect(begun({ ...SURVEY, answers: [[1], [0]] })).toEqual([[1], [0]]);
});

test("another choice takes the place of the first, or stands beside it where several may be chosen", () => {
  expect(chosen([[0], [1]], 0, 1, false)).toEqual([[1], [1]]);
  expect(chosen([[0], [1]], 1, 0, true)).toEqual([[0], [0, 1]]);
  expect(chosen([[0], [0, 1]], 1, 0, true)).toEqual([[0], [1]]);
});

test("what lacks an answer is not whole", () => {
  expect([isWhole([[0], []]), isWhole([[0], [1]])]).toEqual([false, true]);
});
