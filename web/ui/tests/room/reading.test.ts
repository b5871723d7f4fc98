import { beforeEach, expect, test } from "vitest";
import { fold } from "../../src/room/fold/fold.ts";
import { emptyRoom } from "../../src/room/fold/room.ts";
import { concern } from "../../src/room/store/concern.ts";
import type { Memory } from "../../src/room/store/memory.ts";
import { Reading } from "../../src/room/store/reading.ts";
import type { Entry } from "../../src/wire/frames.ts";
import { amend, ana, ben, cleo, mo, post, retract, type Said, story, take } from "./story.ts";

let memory: Memory;

beforeEach(() => {
  const kept = new Map<string, string>();
  memory = { get: (key) => kept.get(key) ?? null, set: (key, value) => kept.set(key, value) };
});

/** What `me` reads of a log, of which they had seen so much before. */
function reading(log: readonly Entry[], seen: number | null, me = "ana"): Reading {
  if (seen !== null) memory.set("k", String(seen));
  const reading = new Reading(memory, "k");
  reading.begin(log.length);
  const room = emptyRoom();
  for (const entry of log) {
    if (entry.by.person !== me) reading.take(entry, concern(entry, room.posts, me));
    fold(room, entry);
  }
  return reading;
}

test("to who comes for the first time nothing is new", () => {
  expect(reading(story(post(ben, "One")), null).unread(1)).toEqual({
    ...{ after: 2, count: 0, concerning: [], at_least: false },
  });
});

test("what comes after the first visit is new on the second, though one read nothing meanwhile", () => {
  reading(story(post(ben, "One")), null);
  expect(reading(story(post(ben, "One"), post(ben, "Two")), null).unread(1)).toMatchObject({ after: 2, count: 1 });
});

test("posts of others after what one has seen are counted, one's own and stances are not", () => {
  const log = story(post(ben, "One"), post(ana, "Two"), post(ben, "Three"), take(cleo, "e2", "agree"));
  expect(reading(log, 1).unread(1)).toMatchObject({ after: 1, count: 2 });
});

test("the line stays while one reads, and moves when one comes back", () => {
  const read = reading(story(post(ben, "One"), post(ben, "Two")), 1);
  expect(read.saw(3)).toBe(true);
  expect(read.unread(1)).toMatchObject({ after: 1, count: 0 });
  read.visit();
  expect(read.unread(1).after).toBe(3);
});

test("what was read is remembered, and nothing is unread by looking back", () => {
  const log = story(post(ben, "One"), post(ben, "Two"));
  const read = reading(log, 1);
  read.saw(2);
  expect(read.saw(1)).toBe(false);
  expect(reading(log, null).unread(1)).toMatchObject({ after: 2, count: 1 });
});

test("where not all that is unread is loaded, there may be more", () => {
  expect(reading(story(post(ben, "One")), 1).unread(3).at_least).toBe(true);
  expect(reading(story(post(ben, "One")), 1).unread(2).at_least).toBe(false);
});

test("a record that went back takes what one has seen with it", () => {
  const read = reading(story(post(ben, "One"), post(ben, "Two")), 3);
  read.begin(2);
  expect(read.unread(1)).toMatchObject({ after: 2, count: 0 });
});

const mine: readonly Said[] = [post(ana, "One vial."), post(ben, "Two vials."), take(ana, "e3", "disagree")];

test.each<[string, Said, readonly string[]]>([
  ["a post that is to me", post(ben, "Ana?", { to: "ana" }), ["e5"]],
  ["an answer to mine", post(ben, "Why?", { reply_to: "e2" }), ["e5"]],
  ["a stance on mine", take(ben, "e2", "disagree"), ["e2"]],
  ["another text where I took a stance", amend(ben, "e3", "Three."), ["e3"]],
  ["the end of a post where I took a stance", retract(ben, "e3"), ["e3"]],
  ["the end of my own post, by another's hand", retract(mo, "e2"), ["e2"]],
])("%s concerns me", (_, said, ids) => {
  expect(reading(story(...mine, said), 4).unread(1).concerning).toEqual(ids);
});

test.each<[string, Said]>([
  ["a post to all", post(ben, "Hello")],
  ["a post to another", post(ben, "Cleo?", { to: "cleo" })],
  ["a stance on another's post", take(cleo, "e3", "agree")],
  ["a stance that is withdrawn", take(ben, "e2", "withdraw")],
  ["what I did myself", retract(ana, "e2")],
])("%s does not", (_, said) => {
  expect(reading(story(...mine, said), 4).unread(1).concerning).toEqual([]);
});

test("what concerns me is named once, the oldest first", () => {
  const log = story(...mine, post(ben, "?", { to: "ana" }), take(ben, "e2", "agree"), take(mo, "e2", "agree"));
  expect(reading(log, 4).unread(1).concerning).toEqual(["e5", "e2"]);
});
