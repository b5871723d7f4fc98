import { expect, test } from "vitest";
import { type Draft, forgetDrafts, keep, kept } from "../../src/ask/draft.ts";
import { EMPTY, FULL, shelf } from "./shelf.ts";

const DRAFT: Draft = { id: "k1", saved_at: 5, fields: FULL };

test("a draft comes back as it was, with its key", () => {
  const here = shelf();
  expect(keep("ana", DRAFT, here)).toBe(true);
  expect(kept("ana", EMPTY, here)).toEqual(DRAFT);
});

test("each person has their own draft", () => {
  const here = shelf();
  keep("ana", DRAFT, here);
  expect(kept("ben", EMPTY, here)).toBeNull();
});

test("an empty form is no draft, also where there was one", () => {
  const here = shelf();
  keep("ana", DRAFT, here);
  keep("ana", { ...DRAFT, fields: { ...EMPTY, languages: ["fr"] } }, here);
  expect(here.texts.size).toBe(0);
});

test("a draft of an older page gets what it does not know from the empty form", () => {
  const here = shelf();
  here.setItem("curbside.draft.ana", '{"id":"k1","saved_at":5,"fields":{"title":"Chest pain"}}');
  expect(kept("ana", EMPTY, here)?.fields).toEqual({ ...EMPTY, title: "Chest pain" });
});

test("a browser that keeps nothing says so", () => {
  expect(keep("ana", DRAFT, shelf(10))).toBe(false);
});

test("what cannot be read is no draft", () => {
  const here = shelf();
  here.setItem("curbside.draft.ana", "{");
  expect(kept("ana", EMPTY, here)).toBeNull();
});

test("forgetting takes one person's draft only", () => {
  const here = shelf();
  keep("ana", DRAFT, here);
  keep("ben", DRAFT, here);
  forgetDrafts("ana", here);
  expect([kept("ana", EMPTY, here), kept("ben", EMPTY, here)]).toEqual([null, DRAFT]);
});
