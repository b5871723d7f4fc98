import { expect, test } from "vitest";
import type { FieldName } from "../../src/ask/fields.ts";
import { placeOf } from "../../src/ask/refusal.ts";
import { FULL } from "./shelf.ts";

const place = (message: string, code: "invalid" | "forbidden" | "too_large" = "invalid") =>
  placeOf({ code, message }, FULL);

/** The sentences are the server's: realtime/rooms/refusals.py, and what msgspec says of a body. */
const SAID: [string, FieldName][] = [
  ["An age over 89 can identify a patient. Write `90+`.", "age_band"],
  ["Name at least one specialty that you want to hear from.", "specialties"],
  ["That is not valid: Expected `str` of length <= 200 - at `$.title`.", "title"],
  ["That is not valid: Expected `str` of length <= 64 - at `$.specialties[...]`.", "specialties"],
  ["That is not valid: Expected `str` matching regex '^x' - at `$.linked_to`.", "linked_to"],
  ["No patient has that `temperature`. It is from 12 to 46 °C.", "findings"],
  ["`temperature` has at most 1 decimal in °C. Round it.", "findings"],
  ["These vital signs give a NEWS2 of 3. Send that, or mend them.", "findings"],
  ["Say with `vitals_at` when the vital signs were taken, in Unix ms: not in the future, nor a week ago.", "findings"],
  ["`ct` is there or not: say true or false.", "resources"],
  ["There is no such template. Leave `template` out, or take one of docs/acuity.md.", "template"],
];

test.each(SAID)("%s belongs to its field", (message, name) => {
  expect(place(message)).toBe(name);
});

test("what is incomplete is the first that is empty", () => {
  const message = "The case lacks `assessment`. Fill in what is empty.";
  expect(placeOf({ code: "invalid", message }, { ...FULL, assessment: " " })).toBe("assessment");
});

test("what is too large is the longest text", () => {
  expect(place("A case takes up to 64 KiB of text in all. Shorten it.", "too_large")).toBe("assessment");
});

test("what is about no field stands above the form", () => {
  expect(place("Observers open no cases. Sign in as a clinician or a physician.", "forbidden")).toBeNull();
});
