import { expect, test } from "vitest";
import { type Asked, more, type Preview, ringing } from "../../src/reach/interrupting.ts";

const ASKED: Asked = { acuity: "asap", specialties: ["cardiology"], languages: ["en"], reach: "world" };
const NONE: Preview = { rings: 0, groups: { on_call: 0, present: 0, others: 0 }, passed_over: {} };

test("how many are rung, in which order, and why others are not", () => {
  const preview: Preview = {
    rings: 12,
    groups: { on_call: 1, present: 4, others: 7 },
    passed_over: { quiet: 3, do_not_disturb: 1 },
  };
  expect(ringing(ASKED, preview)).toMatch(/rings 12 people/);
  expect(more(preview)).toEqual([
    "In this order: one on call, 4 who are here, and 7 others.",
    "Not rung: one who is not to be disturbed and 3 in quiet hours.",
  ]);
});

test("one who is rung needs no order", () => {
  const preview: Preview = { ...NONE, rings: 1, groups: { ...NONE.groups, others: 1 } };
  expect(ringing(ASKED, preview)).toMatch(/rings one person/);
  expect(more(preview)).toEqual([]);
});

test("where nobody is rung it is said, and of routine cases that nobody ever is", () => {
  expect(ringing(ASKED, NONE)).toMatch(/rings nobody/);
  expect(ringing({ ...ASKED, acuity: "routine" }, NONE)).toMatch(/^Routine/);
});

test("a reason of a later version is left out", () => {
  expect(more({ ...NONE, passed_over: { other: 3 } as Preview["passed_over"] })).toEqual([]);
});
