import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wordsOf } from "../../src/identifiers/doubts.ts";
import { inWords } from "../../src/identifiers/references.ts";
import type { EvidenceType } from "../../src/wire/frames.ts";

interface Vector {
  readonly type: EvidenceType;
  readonly ref: string;
  readonly in_words: boolean;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/references.json", import.meta.url), "utf8"),
);

test("the page takes for words what the server's gate does", () => {
  for (const { type, ref, in_words } of vectors) {
    expect({ type, ref, in_words: inWords({ type, ref }) }).toEqual({ type, ref, in_words });
  }
  expect(vectors.length).toBeGreaterThan(30);
});

test("words are named by their place among what is cited", async () => {
  const cited = [
    { type: "pmid", ref: "32032273" },
    { type: "doi", ref: "Seen last Tuesday." },
  ] as const;
  expect(await wordsOf(cited)).toEqual({ "evidence.1": "Seen last Tuesday." });
});
