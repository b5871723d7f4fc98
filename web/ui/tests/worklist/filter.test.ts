import { expect, test } from "vitest";
import { ALL, filtered } from "../../src/worklist/filter.ts";
import type { Line } from "../../src/worklist/store.ts";

const line = (room: string, given: Partial<Line> = {}): Line => ({
  room,
  status: "open",
  title: "Chest pain",
  acuity: "urgent",
  specialties: ["cardiology"],
  languages: ["en"],
  opened_at: 0,
  ...given,
});

const LINES = [
  line("r1", { acuity: "stat", title: "Fièvre et purpura", languages: ["fr"] }),
  line("r2", { specialties: ["paediatric_intensive_care"] }),
  line("r3", { specialties: ["infectious_disease", "cardiology"] }),
];

const found = (words: string, mine = false) => filtered(LINES, { words, mine }, "cardiology").map(({ room }) => room);

test("nothing wanted shows all, in their order", () => {
  expect(filtered(LINES, ALL, "cardiology")).toEqual(LINES);
});

test("words are found in title, acuity, specialties and languages, whatever the accents and capitals", () => {
  expect(found("FIEVRE")).toEqual(["r1"]);
  expect(found("stat")).toEqual(["r1"]);
  expect(found("pediatric care")).toEqual(["r2"]);
  expect(found("french")).toEqual(["r1"]);
});

test("all words have to be there", () => {
  expect(found("chest infectious")).toEqual(["r3"]);
  expect(found("chest french")).toEqual([]);
});

test("only my specialty shows the cases that want it, of those that have the words", () => {
  expect(found("", true)).toEqual(["r1", "r3"]);
  expect(found("pain", true)).toEqual(["r3"]);
});
