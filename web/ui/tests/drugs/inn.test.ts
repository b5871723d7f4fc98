import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { glossary, named } from "../../src/drugs/inn.ts";

interface Vector {
  readonly text: string;
  readonly named: readonly [number, number, string][];
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/drugs.json", import.meta.url), "utf8"),
);

test.each(vectors)("as the server finds them: $text", ({ text, named: wanted }) => {
  const points = (to: number) => [...text.slice(0, to)].length;
  expect(named(text).map(({ from, to, inn }) => [points(from), points(to), inn])).toEqual(wanted);
});

test("each drug stands once, as it was first written", () => {
  expect([...glossary("TXA 1 g, Adrenaline 1 mg, adrenaline again")]).toEqual([
    ["tranexamic acid", "TXA"],
    ["epinephrine", "Adrenaline"],
  ]);
});
