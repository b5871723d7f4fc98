import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answersOf } from "../../src/outcome/answers.ts";
import { begun, confirmedBefore, doubtsOfRefused, keep } from "../../src/outcome/drafting.ts";
import type { Command } from "../../src/room/store/store.ts";
import type { OutcomeGiven } from "../../src/wire/frames.ts";
import { ROOM } from "../room/story.ts";

const before: OutcomeGiven = { verdict: "unknown", harm: false, supports: [], contradicts: [] };
const refused: Command = {
  id: "a",
  made_at: 1,
  room: ROOM,
  state: "refused",
  refusal: { code: "identifiers_found", message: "No.", field: "diagnosis", spans: [[0, 10, "name"]] },
  frame: { t: "outcome", id: "a", room: ROOM, verdict: "confirmed", diagnosis: "Mrs Okafor", not_identifying: ["x"] },
};

// Nobody signs out as dora in the tests of another file: what a page holds is theirs as well.
function storage() {
  const rows = new Map<string, string>();
  return {
    getItem: (key: string) => rows.get(key) ?? null,
    setItem: (key: string, value: string) => void rows.set(key, value),
    removeItem: (key: string) => void rows.delete(key),
  };
}

beforeEach(() => {
  vi.stubGlobal("localStorage", storage());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a form begins with the last outcome", () => {
  expect(begun("dora", ROOM, [], before)).toEqual(answersOf(before));
});

test("what was refused is there again, with its doubts and what was confirmed", () => {
  expect(begun("dora", ROOM, [refused], before).given.diagnosis.words).toBe("Mrs Okafor");
  expect(doubtsOfRefused([refused])).toMatchObject([{ field: "diagnosis", words: "Mrs Okafor" }]);
  expect(confirmedBefore([refused])).toEqual(["x"]);
});

test("what was answered and left is there again until it is sent", () => {
  const half = { ...answersOf(before), how_known: "Echo." };
  keep("dora", ROOM, half);
  expect(begun("dora", ROOM, [refused], before)).toEqual(half);
  keep("dora", ROOM, null);
  expect(begun("dora", ROOM, [], before)).toEqual(answersOf(before));
});
