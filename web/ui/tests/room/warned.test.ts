import { expect, test } from "vitest";
import type { Warning } from "../../src/room/fold/post.ts";
import { mostWarnedOf, warnedOf } from "../../src/room/post/warned.ts";
import type { Item } from "../../src/room/store/item.ts";
import { Loaded } from "../../src/room/store/loaded.ts";
import { ana, ben, cleo, mo, post, type Said, story } from "./story.ts";

const warning = (by: typeof ana, reason: Warning["reason"]): Warning => ({ by, reason, at: 1, seq: 1 });
const warn = (by: typeof ana, target: string): Said => ({ by, kind: "warned", body: { target, reason: "danger" } });
const fold = (by: typeof ana, target: string): Said => ({ by, kind: "collapsed", body: { target, reason: "danger" } });

const warnings = [warning(ana, "identifying"), warning(ben, "danger"), warning(mo, "danger")];

test("warnings of one reason stand together, in the order of the first", () => {
  const found = warnedOf({ warnings });
  expect(found.map(({ reason, warnings }) => [reason, warnings.length])).toEqual([
    ["identifying", 1],
    ["danger", 2],
  ]);
});

test("a post is folded away for what most warn of", () => {
  expect(mostWarnedOf({ warnings })?.reason).toBe("danger");
  expect(mostWarnedOf({ warnings: [] })).toBeUndefined();
});

const log = story(
  post(cleo, "Ten vials at once."),
  post(ben, "Wait."),
  warn(ana, "e2"),
  warn(ben, "e2"),
  fold(ben, "e2"),
);
const kinds = (items: readonly Item[]) => items.map((item) => (item.is === "note" ? item.entry.kind : item.is));
const nothing = () => {};

test("the timeline tells of a warning only where its post is not loaded", () => {
  const whole = new Loaded();
  whole.take(log, nothing, nothing);
  expect(kinds(whole.timeline.items)).toEqual(["opened", "post", "post"]);
  const late = new Loaded();
  late.take(log.slice(2), nothing, nothing);
  expect(kinds(late.timeline.items)).toEqual(["post", "warned", "warned", "collapsed"]);
});

test("a page of older events shows them in the post as well", () => {
  const late = new Loaded();
  late.take(log.slice(5), nothing, nothing);
  late.front(log.slice(0, 5));
  expect(kinds(late.timeline.items)).toEqual(["opened", "post", "post", "collapsed"]);
  expect(late.room.posts.get("e2")).toMatchObject({ collapsed: true, warnings: [{ by: ana }, { by: ben }] });
});
