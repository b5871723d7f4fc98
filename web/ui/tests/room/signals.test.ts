import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { moved, NOBODY, seated } from "../../src/room/store/roster.ts";
import { SeenTeller } from "../../src/room/store/seen.ts";
import { OwnTyping, TypingBoard } from "../../src/room/store/typing.ts";
import type { Here, Presence } from "../../src/wire/frames.ts";
import { joined, story } from "./story.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("who is typing", () => {
  test("is shown in the order of their beginning, until they stop", () => {
    const board = new TypingBoard(() => {});
    board.set("ana", true);
    board.set("ben", true);
    board.set("ana", true);
    expect(board.who).toEqual(["ana", "ben"]);
    board.set("ana", false);
    expect(board.who).toEqual(["ben"]);
  });

  test("ends by itself after six seconds without a renewal", () => {
    const changed = vi.fn();
    const board = new TypingBoard(changed);
    board.set("ana", true);
    vi.advanceTimersByTime(5_000);
    board.set("ana", true);
    vi.advanceTimersByTime(5_999);
    expect(board.who).toEqual(["ana"]);
    vi.advanceTimersByTime(1);
    expect(board.who).toEqual([]);
    expect(changed).toHaveBeenCalledTimes(2);
  });
});

describe("one's own typing", () => {
  test("is told at once, and again every three seconds while one goes on", () => {
    const told: boolean[] = [];
    const own = new OwnTyping((on) => told.push(on) > 0);
    for (const now_ms of [0, 100, 2_999, 3_000, 5_999]) own.on(now_ms);
    expect(told).toEqual([true, true]);
  });

  test("ends once, where it was told", () => {
    const told: boolean[] = [];
    const own = new OwnTyping((on) => told.push(on) > 0);
    own.off(0);
    own.on(0);
    own.off(100);
    own.off(200);
    own.on(300);
    expect(told).toEqual([true, false, true]);
  });

  test("is tried again while there is no connection", () => {
    let tries = 0;
    const own = new OwnTyping(() => ++tries > 2);
    for (const now_ms of [0, 1, 2, 3]) own.on(now_ms);
    expect(tries).toBe(3);
  });
});

describe("how far one has read", () => {
  test("is told at once, then at most once a second, the furthest only", () => {
    const told: number[] = [];
    const seen = new SeenTeller((seq) => told.push(seq) > 0);
    for (const seq of [3, 4, 9, 6]) seen.saw(seq);
    expect(told).toEqual([3]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([3, 9]);
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([3, 9]);
  });

  test("is told again to a new seat, as far as its room goes", () => {
    const told: number[] = [];
    const seen = new SeenTeller((seq) => told.push(seq) > 0);
    seen.saw(9);
    vi.advanceTimersByTime(1_000);
    seen.again(7);
    expect(told).toEqual([9, 7]);
  });
});

describe("the roster", () => {
  const here = (person: string, since: number): Here => ({ person, since });
  const news = (rest: Partial<Presence>): Presence => ({
    ...{ t: "presence", room: "case1", here: [], gone: [], viewers: 0, seen: {}, as_of: 5 },
    observers: NOBODY.observers,
    ...rest,
  });

  test("begins with the seat, whoever came first first", () => {
    const roster = seated(NOBODY, joined(story(), 0, undefined, { roster: [here("ben", 2), here("ana", 1)] }), 77);
    expect(roster).toMatchObject({ people: [{ person: "ana" }, { person: "ben" }], as_of: 77 });
  });

  test("takes who came, who went, and who is here as another now", () => {
    const before = { ...NOBODY, people: [here("ana", 1), here("ben", 2)] };
    const after = moved(before, news({ here: [here("cleo", 3), here("ben", 2)], gone: ["ana", "obi"], viewers: 7 }));
    expect(after.people.map(({ person }) => person)).toEqual(["ben", "cleo"]);
    expect(after).toMatchObject({ viewers: 7, as_of: 5 });
  });

  test("keeps how far each has read, the furthest, also of those who went", () => {
    const once = moved(NOBODY, news({ seen: { ana: 7, ben: 3 } }));
    const twice = moved(once, news({ seen: { ana: 5, ben: 4 }, gone: ["ana"] }));
    expect(Object.fromEntries(twice.seen)).toEqual({ ana: 7, ben: 4 });
  });

  test("is the same list where only numbers changed", () => {
    const before = { ...NOBODY, people: [here("ana", 1)] };
    expect(moved(before, news({ viewers: 8 })).people).toBe(before.people);
  });
});
