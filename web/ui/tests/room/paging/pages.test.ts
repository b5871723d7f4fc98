import { expect, test } from "vitest";
import type { RungPage } from "../../../src/paging/rung.ts";
import { answersIn, circlesOf, current, takerOf } from "../../../src/room/paging/pages.ts";
import { newsOf } from "../../../src/room/paging/useTold.ts";
import type { Item } from "../../../src/room/store/item.ts";
import type { PageNow } from "../../../src/wire/frames.ts";
import { AT, ana, ben } from "../story.ts";
import "../../../src/words/more/paging.ts";

const ring = (tier: number, ...people: string[]) => ({ tier, at: AT + tier, deadline_at: AT + tier * 60_000, people });
const page = (more: Partial<PageNow> = {}): PageNow => ({
  id: "p1",
  at: AT,
  by: "system",
  state: "ringing",
  rings: [ring(1, "ana", "ben")],
  answers: [],
  ...more,
});
const states = (of: PageNow, told?: RungPage, now = AT) =>
  circlesOf(of, told, now).flatMap(({ people }) => people.map(({ person, state }) => `${person} ${state}`));
const told: RungPage = {
  id: "p1",
  tiers: [
    {
      ...ring(1),
      role: "on_call",
      people: [
        { person: "ana", handle: "dr_ana", state: "seen", at: AT + 9 },
        { person: "ben", handle: "dr_ben", state: "delivered", at: AT + 5 },
      ],
    },
  ],
};

test("all pages that ring are shown; where none does, the newest that still counts", () => {
  const over = page({ id: "p0", state: "over" });
  expect(current([over, page(), page({ id: "p2" })]).map(({ id }) => id)).toEqual(["p1", "p2"]);
  expect(current([over, page({ state: "answered" }), page({ id: "p2", state: "replaced" })])).toMatchObject([
    { id: "p1" },
  ]);
  expect(current([])).toEqual([]);
});

test("how far each has come is as the server knows it; without that, as the record has it", () => {
  expect(states(page())).toEqual(["ana paged", "ben paged"]);
  expect(states(page(), told)).toEqual(["ana seen", "ben delivered"]);
  expect(circlesOf(page(), told, AT)[0]).toMatchObject({ role: "on_call", people: [{ handle: "dr_ana" }, {}] });
});

test("what is on record counts before what was read earlier", () => {
  const declined = page({ answers: [{ person: "ana", answer: "decline", at: AT + 20 }] });
  expect(states(declined, told)).toEqual(["ana declined", "ben delivered"]);
  const taken = page({ state: "answered", answers: [{ person: "ben", answer: "accept", at: AT + 30 }] });
  expect(states(taken, told)).toEqual(["ana lapsed", "ben accepted"]);
  expect(takerOf(taken)).toBe("ben");
});

test("a circle is over when the next one rings, and at its deadline", () => {
  const next = page({ rings: [ring(1, "ana"), ring(2, "ben")] });
  expect(states(next)).toEqual(["ana lapsed", "ben paged"]);
  expect(states(page(), told, AT + 60_000)).toEqual(["ana lapsed", "ben lapsed"]);
});

test("of each person the last answer to this page counts, with what was said", () => {
  const answer = (by: typeof ana, seq: number, body: object): Item => ({
    is: "note",
    key: `e${seq}`,
    entry: { seq, check: "", id: `e${seq}`, at: AT + seq, by, kind: "responded", body } as never,
  });
  const said = answersIn(
    [
      answer(ana, 1, { page: "p1", answer: "decline", reason: "In theatre." }),
      answer(ana, 2, { page: "p1", answer: "accept", read_back: "Bite, chest pain." }),
      answer(ben, 3, { page: "p0", answer: "decline", reason: "Off duty" }),
    ],
    "p1",
  );
  expect([...said.values()]).toMatchObject([{ by: ana, answer: "accept", read_back: "Bite, chest pain." }]);
});

test("who listens is told of answers of others, of the next circle, and that nobody is left", () => {
  const nameOf = (person: string) => (person === "ana" ? null : person);
  const answers = [
    { person: "ana", answer: "decline" as const, at: AT },
    { person: "ben", answer: "accept" as const, at: AT },
  ];
  expect(newsOf(page({ answers }), page(), nameOf)).toEqual(["ben has it"]);
  expect(newsOf(page(), page(), nameOf)).toEqual([]);
  expect(newsOf(page({ rings: [ring(1), ring(2)] }), page(), nameOf)).toEqual(["The next circle rings"]);
  expect(newsOf(page({ state: "over" }), page(), nameOf)).toHaveLength(1);
});
