import { beforeEach, expect, test, vi } from "vitest";
import { type Draft, draftKey, EMPTY, forgetDrafts, keep, kept } from "../../src/room/composer/drafts.ts";
import { Shelf } from "./shelf.ts";

const draft: Draft = { ...EMPTY, text: "Start adrenaline", kind: "recommendation", reply_to: "p1" };

beforeEach(() => {
  vi.stubGlobal("localStorage", new Shelf());
});

test("a draft comes back as it was", () => {
  keep(draftKey("ana", "r1", "say"), draft);
  expect(kept(draftKey("ana", "r1", "say"))).toEqual(draft);
  expect(kept(draftKey("ana", "r2", "say"))).toEqual(EMPTY);
  expect(kept(draftKey("ben", "r1", "say"))).toEqual(EMPTY);
});

test("an empty draft is not kept, but one that answers a post is", () => {
  const key = draftKey("ana", "r1", "say");
  keep(key, draft);
  keep(key, { ...EMPTY, kind: "question" });
  expect(localStorage.length).toBe(0);
  keep(key, { ...EMPTY, reply_to: "p1" });
  expect(kept(key).reply_to).toBe("p1");
});

test("at sign-out all drafts of that person go, and none comes back from a view that goes later", () => {
  keep(draftKey("cleo", "r1", "say"), draft);
  keep(draftKey("cleo", "r2", "dispute-p1"), draft);
  keep(draftKey("ana", "r1", "say"), draft);
  forgetDrafts("cleo");
  keep(draftKey("cleo", "r1", "say"), draft);
  expect(kept(draftKey("cleo", "r1", "say"))).toEqual(EMPTY);
  expect(kept(draftKey("ana", "r1", "say"))).toEqual(draft);
  expect(localStorage.length).toBe(1);
});

test("what is no draft is read as an empty one", () => {
  localStorage.setItem(draftKey("ana", "r1", "say"), "{");
  expect(kept(draftKey("ana", "r1", "say"))).toEqual(EMPTY);
});
