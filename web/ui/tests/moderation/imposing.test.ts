import { expect, test } from "vitest";
import { endsOf, wishOf } from "../../src/moderation/imposing.ts";

test("a warning and a ban have no end, a suspension has one, a mute may have", () => {
  expect([endsOf("warn"), endsOf("ban"), endsOf(undefined)]).toEqual([[], [], []]);
  expect(endsOf("suspend")).not.toContain("none");
  expect(endsOf("mute")).toContain("none");
});

test("the end counts from now", () => {
  expect(wishOf(" ana ", "mute", " Rude. ", "hour", 1_000)).toEqual({
    person: "ana",
    kind: "mute",
    reason: "Rude.",
    until: 3_601_000,
  });
});

test("an end that was chosen for another kind is left out", () => {
  expect(wishOf("ana", "ban", "Sold data.", "day", 1_000)).not.toHaveProperty("until");
  expect(wishOf("ana", "mute", "Rude.", "none", 1_000)).not.toHaveProperty("until");
});
