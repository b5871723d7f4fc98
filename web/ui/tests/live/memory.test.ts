import { expect, test } from "vitest";
import { memoryOf } from "../../src/live/memory.ts";

/** The part of a browser's storage that is used, with room for `most` keys. */
function storage(most: number): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (n: number) => [...kept.keys()][n] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (kept.size >= most) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

test("what is set is there for the next page", () => {
  const disk = storage(9);
  memoryOf(() => disk).set("a.1", "7");
  expect(memoryOf(() => disk).get("a.1")).toBe("7");
});

test("all that begins so is forgotten, and nothing else", () => {
  const disk = storage(9);
  const memory = memoryOf(() => disk);
  for (const key of ["a.1", "a.2", "b.1"]) memory.set(key, "7");
  memory.forget("a.");
  expect([memory.get("a.1"), memory.get("a.2"), memory.get("b.1")]).toEqual([null, null, "7"]);
});

test("a full disk and a browser that keeps nothing are as if one were new", () => {
  const full = memoryOf(() => storage(0));
  full.set("a.1", "7");
  expect(full.get("a.1")).toBeNull();
  const none = memoryOf(() => {
    throw new DOMException("no", "SecurityError");
  });
  none.set("a.1", "7");
  none.forget("a.");
  expect(none.get("a.1")).toBeNull();
});
