import { expect, test } from "vitest";
import { wrongs } from "../../src/ask/checks.ts";
import type { FieldName, Fields } from "../../src/ask/fields.ts";
import { t } from "../../src/words/words.ts";
import { EMPTY, FULL } from "./shelf.ts";

const wrong = (changed: Partial<Fields>) => [...wrongs({ ...FULL, ...changed })];

test("a full form has nothing wrong", () => {
  expect(wrong({})).toEqual([]);
});

test("an empty form lacks what is needed, in the order of the form", () => {
  const needed: FieldName[] = ["title", "acuity", "specialties", "situation", "assessment", "request"];
  expect([...wrongs(EMPTY).keys()]).toEqual(needed);
});

test.each(["title", "situation", "assessment", "request"] as const)("%s of blanks only is empty", (name) => {
  expect(wrong({ [name]: " \n\t" })).toEqual([[name, t(`ask.needs_${name}`)]]);
});

test("a title is as long as the server allows, counted in characters", () => {
  expect(wrong({ title: "💊".repeat(200) })).toEqual([]);
  expect(wrong({ title: "💊".repeat(203) })).toEqual([["title", t("ask.title_long", { count: 3 })]]);
});

test.each(["title", "situation", "background", "assessment", "request"] as const)(
  "%s may have line breaks and tabs, and no other control characters",
  (name) => {
    expect(wrong({ [name]: "a\tb\nc\r\nd" })).toEqual([]);
    expect(wrong({ [name]: "a\u0000b" })).toEqual([[name, t("ask.control")]]);
    expect(wrong({ [name]: "a\rb" })).toEqual([[name, t("ask.control")]]);
    expect(wrong({ [name]: "a\u0085b" })).toEqual([[name, t("ask.control")]]);
  },
);

test("specialties and languages are 20 at most", () => {
  const many = Array.from({ length: 21 }, (_, at) => `s${at}`);
  expect(wrong({ specialties: many })).toEqual([["specialties", t("ask.too_many", { count: 20 })]]);
  expect(wrong({ languages: many })).toEqual([["languages", t("ask.too_many", { count: 20 })]]);
  expect(wrong({ languages: many.slice(1) })).toEqual([]);
});

test("a case of more than 64 KiB is too large in its longest text", () => {
  const rest = new TextEncoder().encode(
    "Chest painFor two hours.Maybe an infarction.Lysis or transfer?cardiologyen",
  ).length;
  expect(wrong({ background: "é".repeat((65_536 - rest) / 2) })).toEqual([]);
  expect(wrong({ background: "é".repeat((65_536 - rest) / 2 + 2) })).toEqual([
    ["background", t("ask.too_large", { count: 4 })],
  ]);
});
