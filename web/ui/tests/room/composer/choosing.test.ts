import { expect, test } from "vitest";
import { chosen } from "../../../src/room/composer/choosing.ts";
import { rewritten } from "../../../src/room/composer/doubting.ts";
import { EMPTY } from "../../../src/room/composer/drafts.ts";

const words = (field: string, value: string, from: number, to: number) =>
  value.slice(...chosen(field, value, [from, to, "date"]));

test.each([
  ["text", "Since Tuesday, febrile.", 6],
  ["text", "  Since Tuesday", 8],
  ["text", "🫀 since Tuesday", 8],
  ["evidence.0", "  Two of ours on Tuesday ", 15],
  ["evidence.0", " 🫀 on Tuesday", 5],
])("in %s what is doubtful is chosen: %s", (field, value, from) => {
  expect(words(field, value, from, from + 7)).toBe("Tuesday");
});

test.each([{ text: "Ten vials." }, { evidence: [] }])("what was marked is looked at anew after another %o", (anew) => {
  const doubt = { field: "evidence.0", words: "Tuesday", rule: "date", before: "", after: "" };
  const draft = { ...EMPTY, doubts: [{ ...doubt, place: [0, 7, "date"] as const }] };
  expect(rewritten(draft, anew).doubts).toBeUndefined();
});
