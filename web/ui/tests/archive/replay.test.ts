import { expect, test } from "vitest";
import { replay } from "../../src/archive/replay.ts";
import { amend, ana, ben, cleo, close, outcome, pin, post, retract, story, system, take } from "../room/story.ts";

const sealed = { by: system, kind: "sealed", body: { upto: 3, root: "5e", key_id: "k1" } } as const;

test("a post reads as it ended, in the place where it was said", () => {
  const log = story(
    post(ana, "One vial."),
    post(ben, "Two."),
    amend(ana, "e2", "Two vials."),
    take(ben, "e2", "agree"),
  );
  const { items, posts } = replay(log, "cleo");
  expect(items.map((item) => item.key)).toEqual(["e1", "e2", "e3", "e4"]);
  expect(items[1]).toEqual({ is: "post", key: "e2", post: posts.get("e2") });
  expect(posts.get("e2")).toMatchObject({ text: "Two vials.", agree: [{ by: ben }] });
});

test("the plan is what was pinned at the end, without what was taken back", () => {
  const log = story(post(ana, "One vial."), post(ben, "Wait."), pin("e2"), pin("e3"), retract(ben, "e3"));
  expect(replay(log, "cleo").pinned.map((one) => one.id)).toEqual(["e2"]);
});

test("of those who took part the presenter comes first, then who said most", () => {
  const log = story(post(ben, "Wait."), post(ana, "One."), post(ana, "Two."), take(ben, "e3", "agree"), sealed);
  expect(replay(log, "cleo").parts).toEqual([
    { by: cleo, posts: 0, stances: 0 },
    { by: ana, posts: 2, stances: 0 },
    { by: ben, posts: 1, stances: 1 },
  ]);
});

test("the ending says how it ended, and there is none before", () => {
  expect(replay(story(post(ana, "One."), close()), "cleo").ending?.body.disposition).toBe("Transferred");
  expect(replay(story(post(ana, "One.")), "cleo").ending).toBeNull();
});

test("an outcome after the close stands in the log, and the ending is still the close", () => {
  const { items, ending } = replay(story(close(), sealed, outcome("confirmed", "Envenoming")), "cleo");
  expect(items.map((item) => item.is === "note" && item.entry.kind)).toEqual(["opened", "closed", "sealed", "outcome"]);
  expect(ending?.kind).toBe("closed");
});

test("of several outcomes the last one counts, and there is none before the first", () => {
  const log = story(close(), sealed, outcome("unknown"), outcome("confirmed", "Envenoming"));
  expect(replay(log, "cleo").outcome?.body.verdict).toBe("confirmed");
  expect(replay(story(close()), "cleo").outcome).toBeNull();
});

test("an event is read at itself, or at the post that it is about", () => {
  const log = story(post(ana, "One vial."), post(ben, "Two."), take(ana, "e3", "agree"), pin("e2"), close());
  const { placeOf } = replay(log, "cleo");
  expect(["e2", "e4", "e6", "e9", "log"].map(placeOf)).toEqual(["e2", "e3", "e6", undefined, undefined]);
});

test("a log with a hole is not replayed", () => {
  const log = story(post(ana, "One."), post(ana, "Two."), close());
  expect(() => replay([...log.slice(0, 2), ...log.slice(3)], "cleo")).toThrow(RangeError);
});

test("what each thought is there as it was said, and open since the close", () => {
  const opined = { by: ana, kind: "opined", body: { differential: [{ dx: "Envenoming", probability: 0.6 }] } } as const;
  const { opinions } = replay(story(opined, close()), "cleo");
  expect(opinions).toMatchObject({ given: 1, opened: 3 });
  expect(replay(story(), "cleo").opinions.given).toBe(0);
});
