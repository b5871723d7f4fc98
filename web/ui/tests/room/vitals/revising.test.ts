import { expect, test } from "vitest";
import { changedIn, revisionOf, textsIn } from "../../../src/room/vitals/revising.ts";
import { CASE } from "../story.ts";

const same = revisionOf(CASE);

test("a form that was only opened revises nothing", () => {
  expect(changedIn(CASE, same)).toBeNull();
});

test("only what is another way is sent", () => {
  expect(changedIn(CASE, { ...same, acuity: "stat", background: "One vial left." })).toEqual({
    acuity: "stat",
    background: "One vial left.",
  });
});

test("a background that is emptied stays as it was", () => {
  expect(changedIn({ ...CASE, background: "Two vials." }, { ...same, background: "" })).toBeNull();
});

test("the gate looks at the texts that are sent", () => {
  expect(textsIn({ background: "One vial left." })).toEqual({ background: "One vial left." });
});
