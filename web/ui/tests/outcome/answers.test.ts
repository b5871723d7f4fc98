import { expect, test } from "vitest";
import { type Answers, answersOf, fieldsOf, optionsOf, shown, textsOf } from "../../src/outcome/answers.ts";
import { QUESTIONS } from "../../src/room/fold/card.ts";
import type { OutcomeGiven } from "../../src/wire/frames.ts";

const nothing = answersOf(null);
const saying = (given: Partial<Answers["given"]>): Answers => ({ ...nothing, given: { ...nothing.given, ...given } });

test("what is not known yet is left out, so that it is asked again", () => {
  expect(fieldsOf(nothing)).toEqual({ verdict: "unknown", supports: [], contradicts: [] });
});

test("what will not be known is an answer", () => {
  expect(fieldsOf(saying({ state_7d: { option: "unknown", words: "" } }))).toMatchObject({ state_7d: "unknown" });
});

test("a tap says yes, no, or how the patient is", () => {
  const given = saying({
    advice_used: { option: "yes", words: "" },
    harm: { option: "no", words: "" },
    state_24h: { option: "better", words: "" },
  });
  expect(fieldsOf(given)).toMatchObject({ advice_used: true, harm: false, state_24h: "Better" });
});

test("words count while they are chosen, and how it is known with the diagnosis", () => {
  const given = { ...saying({ diagnosis: { option: "words", words: " Tamponade " } }), how_known: "Echo." };
  expect(fieldsOf(given)).toMatchObject({ diagnosis: "Tamponade", how_known: "Echo." });
  expect(fieldsOf({ ...given, given: { ...given.given, diagnosis: { option: "yet", words: "Tamponade" } } })).toEqual(
    fieldsOf(nothing),
  );
});

const WHOLE: OutcomeGiven = {
  verdict: "confirmed",
  diagnosis: "Krait bite",
  how_known: "A snake was found.",
  advice_used: "The tube, not the drug.",
  state_24h: "Better",
  state_7d: "unknown",
  harm: false,
  supports: ["e3"],
  contradicts: ["e4"],
};

test("an outcome that is given again says all that the last one said", () => {
  expect(fieldsOf(answersOf(WHOLE))).toEqual(WHOLE);
});

test("that there was harm, without a word, stays a yes to be put in words", () => {
  expect(answersOf({ ...WHOLE, harm: true }).given.harm).toEqual({ option: "words", words: "" });
});

test("every question can be left, and answered with unknown", () => {
  for (const question of QUESTIONS) {
    expect(optionsOf(question)[0]).toBe("yet");
    expect(optionsOf(question)).toContain("unknown");
  }
});

test("the rules look at words, not at what was tapped", () => {
  expect(Object.keys(textsOf(fieldsOf(answersOf(WHOLE))))).toEqual([
    "diagnosis",
    "advice_used",
    "state_24h",
    "how_known",
  ]);
});

test("an answer is shown in words", () => {
  expect([undefined, "unknown", true, false, "Walks."].map(shown)).toEqual([
    "Not known yet",
    "Will not be known",
    "Yes",
    "No",
    "Walks.",
  ]);
});
