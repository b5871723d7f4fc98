import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keyOf, type Pool, pool } from "../../../src/room/opinions/pooling.ts";
import type { Diagnosis } from "../../../src/wire/frames.ts";

interface Vector {
  readonly differentials: readonly (readonly Diagnosis[])[];
  readonly weights: readonly number[];
  readonly pool: Pool;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("../../../../../tests/vectors/pooling.json", import.meta.url), "utf8"),
);

test.each(vectors)(
  "the server's pool of $differentials with $weights",
  ({ differentials, weights, pool: expected }) => {
    const voices = differentials.map((differential, n) => ({ differential, weight: weights[n] ?? 1 }));
    expect(pool(voices)).toEqual(expected);
  },
);

test("there are some", () => expect(vectors.length).toBeGreaterThan(5));

test("two are the same by their code, or by their words whatever their case and spaces", () => {
  expect(keyOf({ dx: "Heart attack", code: "I21" })).toBe(keyOf({ dx: "Infarction", code: "I21" }));
  expect(keyOf({ dx: "  Heart   ATTACK" })).toBe(keyOf({ dx: "heart attack" }));
  expect(keyOf({ dx: "heart attack" })).not.toBe(keyOf({ dx: "heart attack", code: "I21" }));
});
