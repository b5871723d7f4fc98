import { afterEach, expect, test, vi } from "vitest";
import { begun, type Closing, dispositionOf, drop, keep } from "../../../src/room/people/closing.ts";
import type { Command } from "../../../src/room/store/store.ts";
import { ROOM } from "../story.ts";

const none: Closing = { own: "", summary: "" };
const waiting = (disposition: string): Command => ({
  id: "a",
  made_at: 1,
  room: ROOM,
  state: "sent",
  frame: { t: "close", id: "a", room: ROOM, disposition, summary: "Better." },
});

/** A browser's storage in memory. */
function storage() {
  const held = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => held.set(key, text),
    removeItem: (key: string) => held.delete(key),
  });
}

afterEach(() => vi.unstubAllGlobals());

test("what was written is there again, for its writer and its room alone", () => {
  storage();
  const closing: Closing = { ending: "other", own: "Taken home", summary: "Bet" };
  keep("cleo", ROOM, closing);
  expect(begun("cleo", ROOM, [])).toEqual(closing);
  expect(begun("mo", ROOM, [])).toEqual(none);
  expect(begun("cleo", "case2", [])).toEqual(none);
  drop("cleo", ROOM);
  expect(begun("cleo", ROOM, [])).toEqual(none);
});

test("a closing that waits or was refused is there to be written on", () => {
  storage();
  expect(begun("cleo", ROOM, [waiting("Taken home")])).toEqual({
    ending: "other",
    own: "Taken home",
    summary: "Better.",
  });
  expect(begun("cleo", ROOM, [waiting("Transferred")])).toEqual({ ending: "transferred", own: "", summary: "Better." });
});

test("without storage nothing is kept, and nothing breaks", () => {
  keep("cleo", ROOM, { ...none, ending: "died" });
  drop("cleo", ROOM);
  expect(begun("cleo", ROOM, [])).toEqual(none);
});

test("the disposition is the common word, or own words", () => {
  expect(dispositionOf({ ...none, ending: "discharged", own: "not this" })).toBe("Treated and discharged");
  expect(dispositionOf({ ...none, ending: "other", own: "Taken home" })).toBe("Taken home");
});
