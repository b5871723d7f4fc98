import { expect, test } from "vitest";
import { held, moved } from "../../src/worklist/held.ts";
import type { Line } from "../../src/worklist/store.ts";

const line = (room: string, given: Partial<Line> = {}): Line => ({
  room,
  status: "open",
  title: room,
  acuity: "urgent",
  specialties: ["cardiology"],
  languages: ["en"],
  opened_at: 0,
  ...given,
});

const SHOWN = [line("r1"), line("r2")];

test("what is new waits, whatever its place", () => {
  const now = held(SHOWN, [line("new", { acuity: "stat" }), ...SHOWN]);
  expect(now.rows).toEqual(SHOWN);
  expect(now.fresh.map(({ room }) => room)).toEqual(["new"]);
});

test("rows say what is known of them by now, where they stand", () => {
  const answered = line("r2", { help: "answered", here: 3 });
  expect(held(SHOWN, [answered, line("r1")]).rows).toEqual([line("r1"), answered]);
});

test("a row that is gone keeps its place, as closed", () => {
  expect(held(SHOWN, [line("r2")]).rows).toEqual([line("r1", { status: "closed" }), line("r2")]);
});

test("the rows below a new one have moved, and the new one stands where another stood", () => {
  expect(moved(["r1", "r2", "r3"], ["r1", "new", "r2", "r3"])).toEqual(new Set(["new", "r2", "r3"]));
  expect(moved(["r1", "r2"], ["r1", "r2"])).toEqual(new Set());
});
