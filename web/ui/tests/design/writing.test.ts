import { describe, expect, it } from "vitest";
import { codeOf, lines } from "../../src/design/writing.ts";

const whole = (text: string) =>
  lines(text)
    .flatMap((line) => line.runs)
    .map((run) => run.text)
    .join("");
const strong = (text: string) =>
  lines(text)
    .flatMap((line) => line.runs)
    .filter((run) => run.as === "strong")
    .map((run) => run.text);
const items = (text: string) => lines(text).map((line) => line.item);
const unseen = (text: string) =>
  lines(text)
    .flatMap((line) => line.runs)
    .filter((run) => run.as === "unseen")
    .map((run) => codeOf(run.text));

describe("what people write", () => {
  it.each([
    ["give **now** and wait", ["now"]],
    ["**Stop the infusion.** Then look.", ["Stop the infusion."]],
    ["(**K 2.9**), again", ["K 2.9"]],
    ["**a** **b**", ["a", "b"]],
  ])("is strong where it stands between two stars: %s", (text, says) => {
    expect(strong(text)).toEqual(says);
  });

  it.each(["2**3 and 4**5", "a ** b ** c", "p**2 * q**2", "****", "**open", "**over\nlines**", "5*10**9/L", "** a**"])(
    "is left as it is where stars are something else: %s",
    (text) => {
      expect(strong(text)).toEqual([]);
      expect(lines(text).every((line) => line.runs.every((run) => run.as === "plain"))).toBe(true);
    },
  );

  it("has lists, whose numbers stay as they were written", () => {
    expect(items("Now:\n- stop\n- look\n7. call\nand then")).toEqual([false, true, true, true, false]);
    expect(items("-5 mmol/L\n10.5 mg\n1.5 h\n-stop")).toEqual([false]);
  });

  it.each([
    ["dose \u202e gm 01 \u202c ends", ["U+202E", "U+202C"]],
    ["\ufeff zero\u200bwidth", ["U+FEFF", "U+200B"]],
    ["10\u{e0030} mg", ["U+E0030"]],
    ["2\u2800mg, soft\u00adhyphen", ["U+2800", "U+00AD"]],
  ])("names what cannot be seen: %j", (text, codes) => {
    expect(unseen(text)).toEqual(codes);
  });

  it.each(["👨‍👩‍👧‍👦 é\u0301", "\u2066isolated\u2069 \u200fmarks\u200e", "می\u200cخواهم", "ילדה בת שבע", "a\tb"])(
    "leaves alone what its script needs: %j",
    (text) => {
      expect(unseen(text)).toEqual([]);
    },
  );

  it("is never changed by a letter", () => {
    const pieces = ["**", "*", " ", "a", "\n", "- ", "1. ", "\u202e", "\u200b", "9", ")", "-", "\u{e0001}", "é"];
    let seed = 1;
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: next() % 24 }, () => pieces[next() % pieces.length]).join("");
      expect(whole(text)).toBe(text);
    }
  });

  it("takes no longer for what was made to take long", () => {
    const text = `${" **a".repeat(2_000)}${"*".repeat(4_000)}`;
    expect(whole(text)).toBe(text);
  });
});

it("a name that is mentioned is shown as one, the longest that fits, and no letter is changed", () => {
  const text = "See @ana maria, @ana. and @anax, a@ana";
  const runs = lines(text, ["ana", "ana maria"]).flatMap((line) => line.runs);
  expect(runs.filter(({ as }) => as === "mention").map((run) => run.text)).toEqual(["@ana maria", "@ana"]);
  expect(runs.map((run) => run.text).join("")).toBe(text);
});

it("a name with signs in it is a name, and no pattern", () => {
  const runs = lines("@a.b and @axb", ["a.b"]).flatMap((line) => line.runs);
  expect(runs.filter(({ as }) => as === "mention").map((run) => run.text)).toEqual(["@a.b"]);
});
