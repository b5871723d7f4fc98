import { expect, test } from "vitest";
import { about, graded, levelsOf, levelWords } from "../../../src/room/evidence/levels.ts";
import { isWrong, settled, typed, written, wrongIn } from "../../../src/room/evidence/rows.ts";

const EMPTY = { type: "pmid", ref: "" } as const;

test("what is pasted says of which kind it is", () => {
  expect(settled(typed(EMPTY, "https://doi.org/10.1056/NEJMoa2212663"))).toEqual({
    type: "doi",
    ref: "10.1056/NEJMoa2212663",
  });
  expect(settled(typed(EMPTY, "PMID 38147337"))).toEqual({ type: "pmid", ref: "38147337" });
  expect(settled(typed(EMPTY, "https://www.who.int/a"))).toEqual({ type: "url", ref: "https://www.who.int/a" });
});

test("while one types, the text stays as it is typed", () => {
  expect(typed(EMPTY, "doi:10.1056/N").ref).toBe("doi:10.1056/N");
  expect(typed(EMPTY, "doi:10.1056/N").type).toBe("doi");
});

test("words that are no reference are a guideline", () => {
  expect(settled(typed(EMPTY, "WHO 2016, section 4"))).toEqual({ type: "guideline", ref: "WHO 2016, section 4" });
});

test("what was said to be experience stays so, whatever is written in it", () => {
  expect(settled(typed({ type: "experience", ref: "" }, "38147337")).type).toBe("experience");
});

test("rows are sent in their one form, empty ones not at all", () => {
  expect(written([EMPTY, { type: "doi", ref: " https://doi.org/10.1056/x " }])).toEqual([
    { type: "doi", ref: "10.1056/x" },
  ]);
});

test("what is not written as its kind is, and the same twice, is mended before it is sent", () => {
  expect(isWrong({ type: "pmid", ref: "Hansen" })).toBe(true);
  expect(wrongIn([{ type: "pmid", ref: "Hansen" }])).toBe("wrong");
  expect(
    wrongIn([
      { type: "doi", ref: "10.1056/X" },
      { type: "doi", ref: "doi:10.1056/x" },
    ]),
  ).toBe("twice");
  expect(wrongIn([EMPTY])).toBeNull();
});

test("a level has words for its question, and goes where the other question has none such", () => {
  const row = graded(about({ type: "pmid", ref: "1" }, "treatment"), "5");
  expect(row).toMatchObject({ question_type: "treatment", level: "5", scheme: "CEBM 2011" });
  expect(levelWords(row)).toBe("mechanism-based reasoning");
  expect(about(row, "prognosis").level).toBeUndefined();
  expect(about(row, "harm").level).toBe("5");
  expect(graded(row, "")).toEqual({ type: "pmid", ref: "1", question_type: "treatment" });
});

test("experience has level 4 and 5 only", () => {
  expect(levelsOf("treatment", "experience").map(([level]) => level)).toEqual(["4", "5"]);
});

test("the words of a level of another scheme are not made up", () => {
  expect(
    levelWords({ type: "pmid", ref: "1", level: "1", scheme: "GRADE", question_type: "treatment" }),
  ).toBeUndefined();
});
