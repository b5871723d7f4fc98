import { beforeAll, expect, test } from "vitest";
import { Listed } from "../../../src/room/store/listed.ts";
import { labelOf, marksOf, partsOf } from "../../../src/room/vitals/marks.ts";
import type { Mark } from "../../../src/room/vitals/trend.ts";
import { act, ana, retract, type Said, story } from "../story.ts";
import { folded } from "../summary.ts";

const advice = (text: string): Said => ({
  by: ana,
  kind: "post",
  body: { text, kind: "recommendation", evidence: [], images: [] },
});

const marksIn = (...said: readonly Said[]) => marksOf(new Listed().plan(folded(story(...said))));
const at = (at: number): Mark => ({ id: `${at}`, at, state: "done", text: "" });

beforeAll(() => import("../../../src/words/more/vitals.ts"));

test("what was taken up, begun or done is marked, and what was not done is not", () => {
  const said = ["One.", "Two.", "Three.", "Four."].map(advice);
  const acts = [act("e2", "accepted"), act("e3", "cannot"), act("e4", "done"), act("e5", "doing")];
  expect(marksIn(...said, ...acts).map(({ id, state }) => [id, state])).toEqual([
    ["e2", "accepted"],
    ["e4", "done"],
    ["e5", "doing"],
  ]);
});

test("an act stands where it came into its last state", () => {
  const log = story(advice("One."), advice("Two."), act("e2", "accepted"), act("e3", "done"), act("e2", "done"));
  const marks = marksOf(new Listed().plan(folded(log)));
  expect(marks.map(({ id, at }) => [id, at])).toEqual([
    ["e3", log[4]?.at],
    ["e2", log[5]?.at],
  ]);
});

test("a mark is named with its time, its state and the beginning of its text", () => {
  const [mark] = marksIn(advice(`Adrenaline into the thigh. ${"And so on ".repeat(40)}`), act("e2", "done"));
  const says = mark && labelOf(mark);
  expect(says).toMatch(/^\d\d:\d\d.*, done: Adrenaline into the thigh\. And so on .* …$/);
  expect(says?.length).toBeLessThan(160);
});

test("the text of what was taken back is not shown", () => {
  const [mark] = marksIn(advice("Neostigmine."), act("e2", "done"), retract(ana, "e2"));
  expect(mark?.text).not.toContain("Neostigmine");
});

test("marks that stand close together are one part of the axis", () => {
  const parts = partsOf([at(0), at(5), at(60), at(100)], { from: 0, to: 100 });
  expect([...parts].map(([part, marks]) => [part, marks.map(({ id }) => id)])).toEqual([
    [0, ["0", "5"]],
    [3, ["60"]],
    [5, ["100"]],
  ]);
});
