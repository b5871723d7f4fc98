import { signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import type { Told } from "../../src/live/notices.ts";
import { Calls } from "../../src/paging/calls.ts";
import { NOW } from "../live/peers.ts";

const page = (notice: string, more: Partial<Told> = {}): Told => ({
  notice,
  kind: "page",
  text: "Stat case, cardiology. Open Curbside.",
  at: NOW,
  room: "r1",
  page: `of ${notice}`,
  acuity: "stat",
  deadline_at: NOW + 120_000,
  seen: false,
  ...more,
});

const all = signal<readonly Told[]>([]);
const now = signal(NOW);
let seen: string[];
let calls: Calls;
const shown = () => calls.shown.value.map(({ notice, state }) => `${notice} ${state}`);

beforeEach(() => {
  all.value = [];
  now.value = NOW;
  seen = [];
  const see = (notice: string) => {
    seen.push(notice);
    all.value = all.value.map((one) => (one.notice === notice ? { ...one, seen: true } : one));
  };
  calls = new Calls({ all, see }, now);
});

test("only pages call, and what they say to a lock screen is left out", () => {
  all.value = [page("n1"), page("n2", { kind: "mention" })];
  expect(shown()).toEqual(["n1 rings"]);
  expect(calls.shown.value[0]?.title).toBe("Stat case, cardiology");
});

test("the most urgent is first, then whose time is over first; what lapsed or ended is last", () => {
  all.value = [
    page("ended", { ended: "taken" }),
    page("lapsed", { deadline_at: NOW }),
    page("urgent", { acuity: "urgent" }),
    page("later"),
    page("soon", { deadline_at: NOW + 60_000 }),
  ];
  expect(shown()).toEqual(["soon rings", "later rings", "urgent rings", "lapsed lapsed", "ended ended"]);
});

test("after its deadline a call may still be taken", () => {
  all.value = [page("n1")];
  now.value = NOW + 120_000;
  expect(shown()).toEqual(["n1 lapsed"]);
});

test("who looks at a call keeps it here, and says so once", () => {
  all.value = [page("n1")];
  calls.look("n1");
  calls.look("n1");
  expect(seen).toEqual(["n1"]);
  expect(shown()).toEqual(["n1 rings"]);
});

test("what was looked at on another device is not shown here", () => {
  all.value = [page("n1", { seen: true })];
  expect(shown()).toEqual([]);
});

test("what is put away was seen", () => {
  all.value = [page("n1"), page("n2")];
  calls.putAway("n1");
  expect(shown()).toEqual(["n2 rings"]);
  expect(seen).toEqual(["n1"]);
});

test("a call that ends while one looks at it stays, with why", () => {
  all.value = [page("n1")];
  calls.look("n1");
  all.value = all.value.map((one) => ({ ...one, ended: "taken" as const }));
  expect(calls.shown.value).toMatchObject([{ state: "ended", ended: "taken" }]);
});

test("while one answers a call nothing takes its place, whatever comes and however long it takes", () => {
  all.value = [page("n1", { acuity: "asap", deadline_at: NOW + 60_000 })];
  calls.answering("n1", true);
  all.value = [...all.value, page("n2")];
  expect(shown()).toEqual(["n1 rings", "n2 rings"]);
  now.value = NOW + 60_000;
  expect(shown()).toEqual(["n1 lapsed", "n2 rings"]);
  all.value = all.value.map((one) => (one.notice === "n1" ? { ...one, ended: "taken" as const } : one));
  expect(shown()).toEqual(["n1 ended", "n2 rings"]);
});

test("once one answers it no more the most urgent is first again", () => {
  all.value = [page("n1", { acuity: "asap" }), page("n2")];
  calls.answering("n1", true);
  calls.answering("n2", false);
  expect(shown()).toEqual(["n1 rings", "n2 rings"]);
  calls.answering("n1", false);
  expect(shown()).toEqual(["n2 rings", "n1 rings"]);
  calls.answering("n1", true);
  calls.putAway("n1");
  expect(shown()).toEqual(["n2 rings"]);
});
