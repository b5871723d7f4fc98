import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { opened } from "../../../src/room/fold/card.ts";
import { askedBy, othersOf, waysOf, wishOf } from "../../../src/room/paging/whom.ts";
import { NOBODY } from "../../../src/room/store/roster.ts";
import type { RoomStore } from "../../../src/room/store/store.ts";
import { AT, ana, ben, CASE, cleo } from "../story.ts";

test("a wish lacks nobody", () => {
  expect(wishOf("case", undefined, undefined)).toEqual({});
  expect(wishOf("specialty", "neurology", "ben")).toEqual({ specialty: "neurology" });
  expect(wishOf("person", "neurology", "ben")).toEqual({ person: "ben" });
  expect(wishOf("handle", "neurology", "ben", "eva")).toEqual({ person: "eva" });
  expect(wishOf("handle", "neurology", "ben")).toBeNull();
  expect(wishOf("specialty", undefined, "ben")).toBeNull();
  expect(wishOf("person", "neurology", undefined)).toBeNull();
});

test("who was here and is not now can be called, once; not oneself, and not the presenter", () => {
  const posts = [ben, ana, cleo, ben].map((by, at) => ({ is: "post", key: `e${at}`, post: { by } }));
  const here = { ...NOBODY, people: [{ ...ana, since: AT }] };
  const store = { timeline: signal(posts), here: signal(here), card: signal(opened(CASE, AT)) } as unknown as RoomStore;
  expect(othersOf(store, "dan").map(({ person }) => person)).toEqual(["ben"]);
  expect(othersOf(store, "ben")).toEqual([]);
});

test("what a page would interrupt is of the specialty that is chosen, or of the case's own", () => {
  const store = { case: signal(CASE), card: signal(opened(CASE, AT)) } as unknown as RoomStore;
  const own = { acuity: "urgent", specialties: ["cardiology"], languages: ["en"], reach: "network" };
  expect(askedBy(store, {})).toEqual(own);
  expect(askedBy(store, { specialty: "neurology" })).toEqual({ ...own, specialties: ["neurology"] });
  expect(askedBy(store, null)).toEqual({ ...own, specialties: [] });
});

test("only who may invite asks for somebody whom the room does not know", () => {
  expect(waysOf([ben], false)).toEqual(["specialty", "case", "person"]);
  expect(waysOf([], true)).toEqual(["specialty", "case", "handle"]);
});
