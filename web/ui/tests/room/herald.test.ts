import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Herald, PAUSE_MS } from "../../src/room/herald.ts";

const said: string[] = [];
const herald = () => new Herald((text) => said.push(text));
const post = (says: string) => ({ says, concerns: false });

beforeEach(() => {
  said.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first news is said at once", () => {
  herald().tell(post("ben: start adrenaline"));
  expect(said).toEqual(["ben: start adrenaline"]);
});

test("what comes within five seconds is said together, and counted", () => {
  const one = herald();
  one.tell(post("a"));
  one.tell(post("b"));
  one.tell(post("c"));
  expect(said).toEqual(["a"]);
  vi.advanceTimersByTime(PAUSE_MS);
  expect(said).toEqual(["a", "2 new posts"]);
});

test("what concerns one is said in full among the rest", () => {
  const one = herald();
  one.tell(post("a"));
  one.tell(post("b"));
  one.tell({ says: "On record", concerns: true });
  vi.advanceTimersByTime(PAUSE_MS);
  expect(said[1]).toBe("On record. 1 new post");
});

test("after a quiet pause the next news is said at once", () => {
  const one = herald();
  one.tell(post("a"));
  vi.advanceTimersByTime(2 * PAUSE_MS);
  one.tell(post("b"));
  expect(said).toEqual(["a", "b"]);
});

test("nothing is said once one has left", () => {
  const one = herald();
  one.tell(post("a"));
  one.tell(post("b"));
  one.stop();
  vi.advanceTimersByTime(2 * PAUSE_MS);
  expect(said).toEqual(["a"]);
});
