import { expect, test } from "vitest";
import { compared, Log } from "../../src/room/store/log.ts";
import type { Entry } from "../../src/wire/frames.ts";
import { ana, ben, cleo, continued, post, story } from "./story.ts";

const log = story(post(ana, "One"), post(ben, "Two"), post(cleo, "Three"), post(ana, "Four"));

function held(entries: readonly Entry[]): Log {
  const held = new Log();
  held.take(entries);
  return held;
}

test("a log that holds nothing has no position", () => {
  expect(new Log().position).toBeNull();
});

test("a log begins where its first event stands", () => {
  expect(held(log.slice(2))).toMatchObject({ first: 3, seq: 5, position: { after: 5, check: log[4]?.check } });
});

test("events that are held are passed over", () => {
  const some = held(log.slice(0, 3));
  expect(some.take(log)).toEqual({ fresh: log.slice(3), hole: false });
  expect(some.take(log)).toEqual({ fresh: [], hole: false });
});

test("a missing event is a hole, before which all is taken", () => {
  expect(held(log.slice(0, 2)).take([log[2], log[4]] as Entry[])).toEqual({ fresh: [log[2]], hole: true });
});

test("of logs that agree up to a place, what the later one has not after it is lost", () => {
  const other = [...log.slice(0, 3), { ...continued(log.slice(0, 3), post(ben, "Another"))[3], id: "n4" } as Entry];
  expect(compared(held(log), held(other))).toEqual({ shared: 3, lost: ["e4", "e5"] });
});

test("an event that stands at another place now is not lost", () => {
  const [again, later] = continued(log.slice(0, 3), post(ben, "Another"), post(cleo, "Three")).slice(3) as [
    Entry,
    Entry,
  ];
  const other = [...log.slice(0, 3), { ...again, id: "n4" }, { ...later, id: "e4" }];
  expect(compared(held(log), held(other))).toEqual({ shared: 3, lost: ["e5"] });
});

test("a log that is nothing but shorter has lost its end", () => {
  expect(compared(held(log), held(log.slice(0, 3)))).toEqual({ shared: 3, lost: ["e4", "e5"] });
});

test("of what stood before the window that is known nothing is said to be lost", () => {
  const before = story(post(ana, "Other"), post(ben, "Two"), post(cleo, "Three"), post(ana, "Four"));
  const window = held(before.slice(3).map((entry) => ({ ...entry, id: `new-${entry.id}` })));
  expect(compared(held(log), window)).toEqual({ shared: 0, lost: ["e4", "e5"] });
});
