import { expect, test } from "vitest";
import { type Card, opened, QUESTIONS } from "../../../src/room/fold/card.ts";
import { actsOf } from "../../../src/room/people/acts.ts";
import type { SeatState } from "../../../src/room/store/store.ts";
import type { Me } from "../../../src/wire/frames.ts";
import { AT, CASE } from "../story.ts";

const me = (person: string, role: string): Me => ({ person, handle: person, role, specialty: "", tier: 2 });
const cleo = me("cleo", "clinician");
const mo = me("mo", "moderator");
const ana = me("ana", "physician");
const card: Card = opened(CASE, AT);
const closed: Card = { ...card, status: "closed" };
const writing: SeatState = { is: "live", as: "contribute", role: "physician" };
const none = {
  opine: false,
  vitals: false,
  revise: false,
  page: false,
  hand_over: false,
  lead: false,
  handover: false,
  close: false,
  observers: false,
  widen: false,
  looks: false,
  outcome: false,
};

const all = {
  opine: true,
  page: false,
  vitals: true,
  revise: true,
  hand_over: true,
  lead: true,
  handover: true,
  close: true,
  observers: true,
  looks: true,
  outcome: false,
};

test("who leads beside the presenter has nothing to do with the room itself", () => {
  expect(actsOf(writing, { ...card, lead: "ana" }, ana)).toEqual({
    ...none,
    opine: true,
    vitals: true,
    handover: true,
  });
});

test("an observer takes no handover note", () => {
  expect(actsOf({ ...writing, as: "observe" }, card, me("obi", "observer"))).toEqual(none);
});

test("the presenter may close, set observers and widen", () => {
  expect(actsOf(writing, card, cleo)).toEqual({ ...all, widen: true });
});

test("a moderator may not widen", () => {
  expect(actsOf(writing, card, mo)).toEqual({ ...all, opine: false, vitals: false, revise: false, widen: false });
});

test("who contributes may call more people to a case that rings, which one of routine does not", () => {
  expect(actsOf(writing, card, ana, "urgent").page).toBe(true);
  expect(actsOf(writing, card, ana, "routine").page).toBe(false);
  expect(actsOf({ ...writing, as: "follow" }, card, ana, "urgent").page).toBe(false);
});

test("what is open to the world cannot be widened", () => {
  expect(actsOf(writing, { ...card, reach: "world" }, cleo).widen).toBe(false);
});

test("the presenter may go on while the line is away", () => {
  expect(actsOf({ ...writing, is: "away" }, card, cleo).close).toBe(true);
});

test.each([
  ["a moderator who follows", { ...writing, as: "follow" }, card, mo],
  ["the presenter of a case whose outcome is known", writing, { ...closed, outcome_known: QUESTIONS }, cleo],
] as [string, SeatState, Card, Me][])("%s may see who has read it, and take its note", (_, seat, of, who) => {
  expect(actsOf(seat, of, who)).toEqual({ ...none, looks: true, handover: true });
});

test("a physician who contributes takes the handover note", () => {
  expect(actsOf(writing, card, ana)).toEqual({ ...none, opine: true, handover: true });
});

test("the presenter of a closed case may say how it turned out, nobody else", () => {
  expect(actsOf(writing, closed, cleo).outcome).toBe(true);
  expect(actsOf({ ...writing, as: "follow" }, closed, cleo).outcome).toBe(false);
  expect(actsOf(writing, closed, mo).outcome).toBe(false);
});

test.each([["the presenter before there is a seat", { is: "joining" }, card, cleo]] as [string, SeatState, Card, Me][])(
  "%s has nothing to do with the room",
  (_, seat, of, who) => {
    expect(actsOf(seat, of, who)).toEqual(none);
  },
);
