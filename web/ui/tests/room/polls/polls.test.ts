import { expect, test } from "vitest";
import { fold, foldOlder } from "../../../src/room/fold/fold.ts";
import { completed, pollsOf, withBallots } from "../../../src/room/fold/polls.ts";
import { emptyRoom, roomOf } from "../../../src/room/fold/room.ts";
import type { Entry } from "../../../src/wire/frames.ts";
import { ana, ballot, ben, CASE, cleo, close, mo, poll, pollClose, post, story } from "../story.ts";
import { folded, stateOf } from "../summary.ts";

const chosen = (room: ReturnType<typeof folded>, id = "e2") =>
  Object.fromEntries([...(room.polls.get(id)?.ballots ?? [])].map(([person, { choices }]) => [person, choices]));

test("that somebody has voted is known before what they chose", () => {
  const room = folded(story(poll(cleo), ballot(ana, "e2"), ballot(ben, "e2", [1])));
  expect(chosen(room)).toEqual({ ana: [], ben: [1] });
});

test("what was withheld takes its place when it may be read, and an older ballot takes none", () => {
  const log = story(poll(cleo), ballot(ana, "e2"), ballot(ana, "e2"));
  const room = folded(log);
  const later = story(poll(cleo), ballot(ana, "e2", [0]), ballot(ana, "e2", [1]));
  for (const entry of [later[2], later[3], later[2]]) room.polls = withBallots(room.polls, [entry as Entry]);
  expect(chosen(room)).toEqual({ ana: [1] });
});

test("a poll keeps what it came to when it is closed", () => {
  const room = folded(story(poll(cleo), ballot(ana, "e2", [0]), pollClose("e2", 1, [1, 0])));
  expect(room.polls.get("e2")).toMatchObject({ open: false, result: { voters: 1, counts: [1, 0] } });
});

test("the close of the room ends its polls, with what it says they came to", () => {
  const closing = close();
  const results = { ...closing, body: { ...closing.body, polls: [{ target: "e2", voters: 12, counts: [9, 3] }] } };
  const room = folded(story(poll(cleo), poll(ana), results as typeof closing));
  expect(room.polls.get("e2")).toMatchObject({ open: false, result: { voters: 12, counts: [9, 3] } });
  expect(room.polls.get("e3")).toMatchObject({ open: false, result: null });
});

test("an event says whether it changed a poll", () => {
  const room = emptyRoom();
  const changed = story(poll(cleo), post(ana, "Both."), ballot(ana, "e2")).map((entry) => fold(room, entry).polls);
  expect(changed).toEqual([false, true, false, true]);
});

test("who comes late has the polls as the server folded them, and goes on from there", () => {
  const log = story(poll(cleo), ballot(ana, "e2"), ballot(ben, "e2", [1]), ballot(mo, "e2", [1]));
  const room = roomOf(stateOf(log.slice(0, 4)), CASE, 3, 4);
  for (const entry of log.slice(3)) fold(room, entry);
  expect(chosen(room)).toEqual({ ana: [], ben: [1], mo: [1] });
  room.polls = withBallots(room.polls, story(poll(cleo), ballot(ana, "e2", [0])));
  expect(chosen(room)).toMatchObject({ ana: [0] });
});

test("what a poll asked that ended long ago is known once its beginning is loaded", () => {
  const log = story(poll(cleo, ["Yes", "No"], "Which snake?"), pollClose("e2", 0, [0, 0]), post(ana, "A krait."));
  const room = roomOf({ ...stateOf(log), polls: [] }, CASE, 3, 4);
  fold(room, log[3] as Entry);
  foldOlder(room, log.slice(0, 3));
  expect(room.polls.get("e2")).toMatchObject({ open: false, question: "Which snake?" });
});

test("beginnings of texts give way to the whole", () => {
  const state = stateOf(story(poll(cleo, ["Yes, at once", "No"])));
  const [whole] = state.polls ?? [];
  if (!whole) throw new RangeError("there is no poll");
  const short = { ...whole, question: "Anti", options: ["Yes", "No"], shortened: true } as const;
  const polls = completed(pollsOf({ polls: [short] }, 2), state, 2);
  expect(polls.get("e2")).toMatchObject({ question: "Antivenom?", options: ["Yes, at once", "No"], shortened: false });
});
