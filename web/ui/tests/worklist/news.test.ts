import { expect, test } from "vitest";
import { alone, pressing } from "../../src/worklist/news.ts";
import { foreign } from "../../src/worklist/own.ts";
import type { Line } from "../../src/worklist/store.ts";

const line = (room: string, given: Partial<Line> = {}): Line => ({
  room,
  status: "open",
  title: room,
  acuity: "stat",
  specialties: ["cardiology"],
  languages: ["en"],
  opened_at: 0,
  ...given,
});

test("a case has nobody while it is open and nobody is asked for; observers are not told", () => {
  const lines = [line("r1", { help: "nobody" }), line("r2", { help: "paged" }), line("r3", { help: "answered" })];
  expect(alone([...lines, line("r4"), line("r5", { help: "nobody", status: "closed" })])).toBe(1);
});

test("only what is new and cannot wait is told", () => {
  const lines = [line("known"), line("new"), line("asap", { acuity: "asap" }), line("later", { acuity: "urgent" })];
  const told = pressing(new Set(["known"]), [...lines, line("over", { status: "closed" })]);
  expect(told.map(({ room }) => room)).toEqual(["new", "asap"]);
});

test("languages are named unless the reader speaks one of them", () => {
  expect(foreign(["fr", "sw"], ["en-GB", "de"])).toEqual(["fr", "sw"]);
  expect(foreign(["fr", "en"], ["en-GB", "de"])).toEqual([]);
});
