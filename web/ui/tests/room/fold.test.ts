import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fold, foldOlder } from "../../src/room/fold/fold.ts";
import { heldIn, NO_OPINIONS, type Opinions } from "../../src/room/fold/opinions.ts";
import { refutedBy } from "../../src/room/fold/refuting.ts";
import { emptyRoom, type Room } from "../../src/room/fold/room.ts";
import { pooledIn } from "../../src/room/opinions/reading.ts";
import type { Entry } from "../../src/wire/frames.ts";
import { amend, ana, ben, cleo, mo, pin, post, retract, story, take } from "./story.ts";
import { folded, inOrder } from "./summary.ts";

interface Vector {
  readonly name: string;
  readonly events: readonly Entry[];
  readonly state: Record<string, unknown>;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/fold.json", import.meta.url), "utf8"),
);

describe("the vectors that the server's fold is held to", () => {
  test.each(vectors)("$name", ({ events, state }) => {
    expect(stateIn(folded(events))).toEqual(state);
  });

  test("there are some", () => expect(vectors.length).toBeGreaterThan(10));
});

function stateIn(room: Room): unknown {
  const { seq, at, card, pinned, posts, plan, questions, polls } = room;
  const people = (of: ReadonlySet<string> | undefined) => [...(of ?? [])].sort();
  return {
    ...card,
    ...{ seq, at, pinned, invited: people(card?.invited), removed: people(card?.removed) },
    opinions: opinionsIn(card?.opinions ?? NO_OPINIONS),
    plan: plan.map((act) => ({ ...act, by: act.by.person })),
    polls: [...polls.values()].map(({ ballots, shortened: _shortened, ...poll }) => ({
      ...poll,
      by: poll.by.person,
      ballots: Object.fromEntries([...ballots].map(([person, { choices }]) => [person, choices])),
    })),
    open_questions: Object.fromEntries(questions),
    posts: inOrder(posts).map(
      ({ id, seq, by, kind, text, version, retracted, agree, disagree, warnings, collapsed, ...more }) => ({
        ...{ id, seq, by: by.person, kind, text, version, released: more.released, pictures: more.pictures },
        retracted: retracted !== undefined,
        withheld: more.trial_data === true,
        contradicts: more.contradicts ?? null,
        interests: more.interests,
        evidence: more.evidence,
        refuted_by: refutedBy(room, id) ?? null,
        warnings: warnings.map(({ by, reason }) => `${reason} ${by.person}`).sort(),
        collapsed,
        agree: agree.map((stance) => stance.by.person).sort(),
        disagree: disagree.map((stance) => stance.by.person).sort(),
      }),
    ),
  };
}

function opinionsIn(opinions: Opinions): unknown {
  const held = heldIn(opinions).map((one) => ({ ...one, by: one.by.person }));
  return { opened: opinions.opened, held, pool: pooledIn(opinions) };
}

test("a stance is kept with its author, reason and time", () => {
  const log = story(post(ana, "One vial."), take(ben, "e2", "disagree", "Not in children."));
  expect(folded(log).posts.get("e2")?.disagree).toEqual([
    { by: ben, stance: "disagree", note: "Not in children.", evidence: [], interests: [], at: log[2]?.at, seq: 3 },
  ]);
});

test("who changes their stance is counted once, and last", () => {
  const room = folded(
    story(post(cleo, "?"), take(ana, "e2", "agree"), take(ben, "e2", "agree"), take(ana, "e2", "agree", "Still.")),
  );
  expect(room.posts.get("e2")?.agree.map(({ by, note }) => [by.person, note])).toEqual([
    ["ben", undefined],
    ["ana", "Still."],
  ]);
});

test("an amendment says when, and takes the stances on the earlier text with it", () => {
  const log = story(post(ana, "Two vials."), take(ben, "e2", "agree"), amend(ana, "e2", "One vial."));
  expect(folded(log).posts.get("e2")).toMatchObject({
    text: "One vial.",
    version: 2,
    amended_at: log[3]?.at,
    agree: [],
  });
});

test("a retraction takes text and evidence, and says who, when and why", () => {
  const evidence = [{ type: "guideline", ref: "Envenoming 2016" }] as const;
  const said = { by: ana, kind: "post", body: { text: "Two vials.", kind: "finding", evidence, images: [] } } as const;
  const log = story(said, retract(mo, "e2"));
  expect(folded(log).posts.get("e2")).toMatchObject({
    ...{ text: "", evidence: [] },
    retracted: { by: mo, at: log[2]?.at, reason: "Meant for another room." },
  });
});

test("what was told to be retracted by its digest alone is so before the event that says why", () => {
  const late = { kind: "comment" as const, evidence: [], images: [], retracted: true as const, digest: "ab" };
  const log = story({ by: ana, kind: "post", body: late }, retract(ana, "e2"));
  expect(folded(log.slice(0, 2)).posts.get("e2")?.retracted).toEqual({ digest: "ab" });
  expect(folded(log).posts.get("e2")?.retracted).toMatchObject({ digest: "ab", by: ana });
});

test("an event changes the post that it is about, and no other object", () => {
  const log = story(post(ana, "One vial."), post(ben, "Which snake?"), take(ben, "e2", "agree"));
  const room = folded(log.slice(0, 3));
  const [first, second] = [room.posts.get("e2"), room.posts.get("e3")];
  expect(fold(room, log[3] as Entry)).toEqual({ post: "e2", card: false, pins: false, plan: false, polls: false });
  expect(room.posts.get("e2")).not.toBe(first);
  expect(room.posts.get("e3")).toBe(second);
});

test("an event says whether the card or what is pinned is another", () => {
  const log = story(post(ana, "One vial."), pin("e2"), take(ben, "e2", "agree"));
  const room = emptyRoom();
  const changes = log.map((entry) => fold(room, entry));
  expect(changes.map(({ card, pins }) => ({ card, pins }))).toEqual([
    { card: true, pins: false },
    { card: true, pins: false },
    { card: false, pins: true },
    { card: false, pins: true },
  ]);
});

test("an event that does not follow is refused", () => {
  const [first, , third] = story(post(ana, "One vial."), post(ben, "Which snake?"));
  const room = folded([first as Entry]);
  expect(() => fold(room, third as Entry)).toThrow(RangeError);
});

test("an event of a kind that this page does not know passes", () => {
  const log = story({ by: ana, kind: "of_tomorrow", body: {} } as never, post(ben, "Which snake?"));
  expect(folded(log)).toMatchObject({ seq: 3 });
});

test("older events make posts without touching the ones that are loaded", () => {
  const log = story(post(ana, "One vial."), post(ben, "Which snake?"), take(ben, "e2", "agree"), amend(ben, "e3", "?"));
  const room = emptyRoom(2);
  for (const entry of log.slice(2)) fold(room, entry);
  const loaded = room.posts.get("e3");
  foldOlder(room, log.slice(0, 2));
  expect(room.posts.get("e3")).toBe(loaded);
  expect(inOrder(room.posts)).toEqual(inOrder(folded(log).posts));
});

test("a room begins with its case", () => {
  expect(folded(story()).card).toMatchObject({ status: "open", presenter: "cleo", waiting: true });
});
