import { expect, test } from "vitest";
import { complete, draftOf, wishOf } from "../../src/interests/draft.ts";
import type { Declared } from "../../src/interests/types.ts";

const ENTRY: Declared = {
  id: "e1",
  at: 1_800_000_000_000,
  act: "declared",
  payer: "Acme Pharma",
  payer_kind: "drug",
  nature: "speaker",
  products: ["fomepizole", "Zelboraf"],
  since: "2024-03",
  band: "under_5000",
};

test("a form of nothing is not complete, and one of an entry is", () => {
  expect(complete(draftOf())).toBe(false);
  expect(complete(draftOf(ENTRY))).toBe(true);
  expect(complete({ ...draftOf(ENTRY), payer: "  " })).toBe(false);
});

test("what is sent has products as a list, and no end where it goes on", () => {
  const wish = wishOf({ ...draftOf(ENTRY), products: " fomepizole,, Zelboraf ," });
  expect(wish).toEqual({
    payer: "Acme Pharma",
    payer_kind: "drug",
    payer_id: "",
    nature: "speaker",
    products: ["fomepizole", "Zelboraf"],
    since: "2024-03",
    band: "under_5000",
  });
});

test("a change names the entry whose place it takes", () => {
  expect(wishOf({ ...draftOf(ENTRY), until: "2025" }, "e1")).toMatchObject({ until: "2025", replaces: "e1" });
});
