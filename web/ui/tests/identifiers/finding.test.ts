import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { found } from "../../src/identifiers/finding.ts";
import { at, type Span } from "../../src/identifiers/span.ts";

interface Vector {
  readonly text: string;
  readonly spans: readonly Span[];
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/identifiers.json", import.meta.url), "utf8"),
);

describe("the vectors that the server's gate is held to", () => {
  test("each text has the same spans", () => {
    for (const { text, spans } of vectors) expect({ text, spans: found(text) }).toEqual({ text, spans });
  });
  test("there are many", () => expect(vectors.length).toBeGreaterThan(300));
});

test("a span is counted in code points", () => {
  const text = "🐍🐍 Seen last Tuesday.";
  expect(found(text).map((span) => at(text, span))).toEqual(["Tuesday"]);
});
