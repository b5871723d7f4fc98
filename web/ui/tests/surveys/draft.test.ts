import { expect, test } from "vitest";
import {
  boxOf,
  emptyDraft,
  QUESTION,
  type SurveyDraft,
  wishOf,
  withQuestion,
  wrongsOf,
} from "../../src/surveys/draft.ts";

const NOW = Date.UTC(2026, 2, 4, 12, 0);
const DAY_MS = 86_400_000;
const WHOLE: SurveyDraft = {
  ...emptyDraft(NOW),
  title: " Antivenom ",
  questions: [{ question: " At hand? ", options: ["Yes ", "", "No"], multiple: true }],
};

function wrongs(part: Partial<SurveyDraft>) {
  return Object.fromEntries(wrongsOf({ ...WHOLE, ...part }, NOW));
}

const asking = (...options: readonly string[]) => ({ questions: [{ ...QUESTION, question: "?", options }] });

test("an empty form lacks its texts, and nothing of its times", () => {
  expect(Object.fromEntries(wrongsOf(emptyDraft(NOW), NOW))).toEqual({
    title: "empty",
    "question.0": "empty",
    "options.0": "few",
  });
});

test("what is whole is sent without what was left empty, its times in Unix ms", () => {
  expect(wrongs({})).toEqual({});
  expect(wishOf(WHOLE)).toEqual({
    title: "Antivenom",
    questions: [{ question: "At hand?", options: ["Yes", "No"], multiple: true }],
    specialties: [],
    countries: [],
    group_by: "specialty",
    quotas: {},
    opens_at: NOW,
    closes_at: NOW + 14 * DAY_MS,
  });
});

test.each([
  [asking("Yes", " "), { "options.0": "few" }],
  [asking("Yes", "yes "), { "options.0": "same" }],
  [{ closes: boxOf(NOW - DAY_MS) }, { closes: "past" }],
  [{ opens: boxOf(NOW + 20 * DAY_MS) }, { closes: "past" }],
  [{ closes: boxOf(NOW + 366 * DAY_MS) }, { closes: "long" }],
  [{ opens: "" }, { opens: "time" }],
  [{ closes: "" }, { closes: "time" }],
] as const)("what is to be mended is said at its place", (part, found) => {
  expect(wrongs(part)).toEqual(found);
});

test.each(["10", "1.5", "-20", "1000000", "many"])("of a group eleven answers are wanted, or more, not %s", (typed) => {
  expect(wrongs({ specialties: ["cardiology"], quotas: { cardiology: typed } })).toEqual({
    "quota.cardiology": "quota",
  });
});

test("limits hold for the groups that are named, as results are told apart", () => {
  const draft: SurveyDraft = {
    ...WHOLE,
    specialties: ["cardiology", "toxicology"],
    countries: ["KE"],
    quotas: { cardiology: " 20 ", toxicology: "", KE: "11", surgery: "3" },
  };
  expect(wrongsOf(draft, NOW).size).toBe(0);
  expect(wishOf(draft).quotas).toEqual({ cardiology: 20 });
  expect(wishOf({ ...draft, group_by: "country" }).quotas).toEqual({ KE: 11 });
});

test("one question is changed without touching the others", () => {
  const [first, second] = withQuestion([QUESTION, QUESTION], 1, { multiple: true });
  expect([first?.multiple, second?.multiple]).toEqual([false, true]);
});
