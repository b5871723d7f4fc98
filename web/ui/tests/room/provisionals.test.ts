import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Item } from "../../src/room/store/item.ts";
import { Provisionals, together } from "../../src/room/store/provisionals.ts";
import type { By, Provisional } from "../../src/wire/frames.ts";
import { AT, ana, ben, ROOM } from "./story.ts";

const MINUTE_MS = 60_000;

let changed: ReturnType<typeof vi.fn<() => void>>;
let board: Provisionals;

beforeEach(() => {
  vi.useFakeTimers();
  changed = vi.fn<() => void>();
  board = new Provisionals(changed);
});
afterEach(() => {
  board.away();
  vi.useRealTimers();
});

function said(id: string, rest: Partial<Provisional> = {}, by: By = ben): Provisional {
  return { t: "provisional", room: ROOM, id, by, kind: "comment", text: `said ${id}`, ...rest };
}

function hear(frame: Provisional, after = 4): void {
  board.take(frame, after, Date.now());
}

function shown(): unknown {
  return board.items.map((item) => `${item.key}${item.said.never ? " never" : ""}`);
}

describe("what others say and is not on record", () => {
  test("is shown in the order of its saying, once, however often it is renewed", () => {
    for (const id of ["p1", "p2", "p1"]) hear(said(id));
    expect(shown()).toEqual(["p1", "p2"]);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("is never recorded after a minute without renewal, and stays", () => {
    hear(said("p1"));
    vi.advanceTimersByTime(MINUTE_MS - 1);
    hear(said("p1"));
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(shown()).toEqual(["p1"]);
    vi.advanceTimersByTime(1);
    expect(shown()).toEqual(["p1 never"]);
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(shown()).toEqual(["p1 never"]);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("may be hoped for again, at the time at which it was first said", () => {
    hear(said("p1"));
    const [first] = board.items;
    vi.advanceTimersByTime(MINUTE_MS);
    hear(said("p1"), 7);
    expect(board.items[0]?.said).toEqual(first?.said);
  });

  test("is gone when it was refused, also when it was given up", () => {
    hear(said("p1"));
    hear(said("p2"));
    vi.advanceTimersByTime(MINUTE_MS);
    hear(said("p1", { text: "", gone: true }));
    hear(said("p3", { text: "", gone: true }));
    expect(shown()).toEqual(["p2 never"]);
  });

  test("is not given up while no renewal could be heard", () => {
    hear(said("p1"));
    board.away();
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(shown()).toEqual(["p1"]);
    board.back();
    vi.advanceTimersByTime(MINUTE_MS);
    expect(shown()).toEqual(["p1 never"]);
  });
});

describe("the timeline of all there is", () => {
  const note = (seq: number): Extract<Item, { is: "note" }> => ({
    is: "note",
    key: `e${seq}`,
    entry: { seq, id: `e${seq}`, at: AT, check: "", by: ana, kind: "removed", body: { person: "x" } },
  });
  const sending = (id: string, made_at: number): Extract<Item, { is: "sending" }> => ({
    is: "sending",
    key: id,
    waiting: { id, made_at, state: "sent", frame: { t: "post", id, room: ROOM, text: "One vial." } },
  });

  function keys(items: readonly Item[]): unknown {
    return items.map(({ key }) => key);
  }

  test("ends with what is not on record yet, one's own among that of others, as it was said", () => {
    hear(said("p1"));
    vi.advanceTimersByTime(1_000);
    const own = sending("mine", Date.now());
    vi.advanceTimersByTime(1_000);
    hear(said("p2"));
    expect(keys(together([note(4), note(5)], board.items, [own]))).toEqual(["e4", "e5", "p1", "mine", "p2"]);
  });

  test("has what was never recorded where it was said", () => {
    hear(said("p1"), 4);
    hear(said("p2"), 4);
    hear(said("p3"), 5);
    vi.advanceTimersByTime(MINUTE_MS);
    hear(said("p4"), 6);
    const recorded = [4, 5, 6].map(note);
    expect(keys(together(recorded, board.items, []))).toEqual(["e4", "p1", "p2", "e5", "p3", "e6", "p4"]);
  });

  test("has what one is sending oneself once", () => {
    hear(said("mine", {}, ana));
    expect(together([], board.items, [sending("mine", 1)]).map(({ is }) => is)).toEqual(["sending"]);
  });
});
