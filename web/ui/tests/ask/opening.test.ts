import { expect, test } from "vitest";
import { usualMode } from "../../src/ask/fields.ts";
import { openCase } from "../../src/ask/opening.ts";
import { fieldsOf } from "../../src/ask/reopening.ts";
import { EMPTY, FULL } from "./shelf.ts";

test("what is left empty is left out", () => {
  expect(openCase(FULL)).toEqual({
    title: "Chest pain",
    acuity: "stat",
    specialties: ["cardiology"],
    languages: ["en"],
    situation: "For two hours.",
    assessment: "Maybe an infarction.",
    request: "Lysis or transfer?",
    reach: "world",
  });
});

test("a form comes back from its case as it was", () => {
  const whole = {
    ...FULL,
    age_band: "1-4",
    sex: "f",
    background: "Well.",
    observers: "live",
    linked_to: "c0",
  } as const;
  for (const fields of [FULL, whole]) {
    const wish = openCase(fields);
    expect(wish && fieldsOf(wish, EMPTY)).toEqual(fields);
  }
});

test("without an acuity there is no case to send", () => {
  expect(openCase({ ...FULL, acuity: null })).toBeNull();
});

test("texts are sent as they were written, blanks and all", () => {
  expect(openCase({ ...FULL, situation: " two\n\nlines " })?.situation).toBe(" two\n\nlines ");
});

test("observers see a stat case only when they are let in", () => {
  expect([usualMode("stat"), usualMode("asap"), usualMode(null)]).toEqual(["off", "delayed", "delayed"]);
});

test("what there is and what there is not is sent as it was tapped, and comes back", () => {
  const fields = { ...FULL, template: "stroke", resources: { ct: true, thrombolysis: false, transfer_hours: 3.5 } };
  const wish = openCase(fields);
  expect(wish?.resources).toContainEqual({ name: "thrombolysis", value: false });
  expect(wish?.template).toBe("stroke");
  expect(wish && fieldsOf(wish, EMPTY)).toEqual(fields);
});
