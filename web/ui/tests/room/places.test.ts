import { expect, test } from "vitest";
import type { Post } from "../../src/room/fold/post.ts";
import type { Item } from "../../src/room/store/item.ts";
import { beginsDay, firstUnread, heightOf, seqsOf } from "../../src/room/timeline/places.ts";

const NOON = new Date(2026, 10, 22, 12).getTime();
const HOUR_MS = 3_600_000;
const whole = {
  warnings: [],
  collapsed: false,
  withheld: false,
  pictures: [],
  released: false,
  interests: [],
} as const;
const common = { kind: "comment", evidence: [], version: 1, agree: [], disagree: [], ...whole } as const;
const post = (seq: number, person: string, rest: Partial<Post> = {}): Item => {
  const id = `p${seq}`;
  return { is: "post", key: id, post: { ...common, id, seq, at: NOON, by: { person }, text: "Yes.", ...rest } };
};

test("a day begins with the first item, and with the first after midnight", () => {
  const items = [post(1, "ana"), post(2, "ben"), post(3, "ben", { at: NOON + 13 * HOUR_MS })];
  expect(items.map((_, index) => beginsDay(items, index))).toEqual([true, false, true]);
});

test("new begins with the first post of others after what was read", () => {
  const items = [post(1, "ben"), post(2, "ana"), post(3, "ben"), post(4, "ben")];
  expect(firstUnread(items, 1, "ana")).toBe("p3");
  expect(firstUnread(items, 4, "ana")).toBeNull();
});

test("to who was never here nothing is new", () => {
  expect(firstUnread([post(1, "ben")], 0, "ana")).toBeNull();
});

test("with a post one reads the stances on it", () => {
  const stance = { by: { person: "ana" }, stance: "agree", evidence: [], interests: [], at: NOON, seq: 7 } as const;
  expect(seqsOf(post(2, "ben", { agree: [stance] }))).toEqual([2, 7]);
});

test("a longer text is guessed higher, and higher still where it is narrow", () => {
  const long = post(1, "ben", { text: "word ".repeat(200) });
  expect(heightOf(long, 560)).toBeGreaterThan(heightOf(post(1, "ben"), 560));
  expect(heightOf(long, 280)).toBeGreaterThan(heightOf(long, 560));
});
