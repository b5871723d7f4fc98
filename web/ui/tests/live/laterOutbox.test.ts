import { expect, test } from "vitest";
import { LaterOutbox } from "../../src/live/laterOutbox.ts";
import { Stash } from "../../src/live/stash.ts";
import type { CommandFrame } from "../../src/wire/outbox.ts";
import { ROOM } from "../room/story.ts";
import { NOW, PeerOutbox, settled } from "./peers.ts";
import { Shelf } from "./shelf.ts";

const words: CommandFrame = { t: "post", id: "c1", room: ROOM, text: "One vial." };
const more: CommandFrame = { ...words, id: "c2", text: "Two vials." };

function stashOf(shelf: Shelf, person = "ana"): Stash {
  return new Stash(
    person,
    () => shelf,
    () => NOW,
  );
}

/** An outbox that comes later, what it is kept on meanwhile, and the hands of its clock. */
function coming({ fails = 0, left = false, shelf = new Shelf() } = {}) {
  const own = new PeerOutbox();
  const due: (() => void)[] = [];
  const opened: number[] = [];
  const window = new EventTarget();
  const open = async () => {
    opened.push(opened.length);
    if (opened.length <= fails) throw new TypeError("the line is down");
    return own;
  };
  const after = (_: number, act: () => void) => {
    due.push(act);
    return () => {
      const at = due.indexOf(act);
      if (at >= 0) due.splice(at, 1);
    };
  };
  return { own, due, opened, window, shelf, outbox: new LaterOutbox(open, stashOf(shelf), { after, window }, left) };
}

const ids = (outbox: { readonly waiting: { readonly value: readonly { readonly id: string }[] } }) =>
  outbox.waiting.value.map(({ id }) => id);

test("it is fetched a while after the page has begun", () => {
  const { opened, due } = coming();
  expect(opened).toHaveLength(0);
  due.shift()?.();
  expect(opened).toHaveLength(1);
});

test.each(["pointerdown", "keydown"])("it is fetched once somebody does something (%s)", (touch) => {
  const { opened, due, window } = coming();
  window.dispatchEvent(new Event(touch));
  window.dispatchEvent(new Event(touch));
  expect(opened).toHaveLength(1);
  expect(due).toEqual([]);
});

test("it is fetched at once where an earlier page may have left something", () => {
  expect(coming({ left: true }).opened).toHaveLength(1);
});

test("what is put in before it came is kept at once, and is in it when it came", async () => {
  const { own, shelf, outbox } = coming();
  const put = outbox.put(words);
  expect(shelf.texts).toHaveLength(1);
  expect(ids(outbox)).toEqual(["c1"]);
  await put;
  await settled();
  expect(ids(own)).toEqual(["c1"]);
  expect(ids(outbox)).toEqual(["c1"]);
  expect(shelf.texts).toEqual([]);
});

test("what is put in while it is handed over keeps its place behind the rest", async () => {
  const { own, outbox } = coming();
  await Promise.all([outbox.put(words), outbox.put(more)]);
  const third = outbox.put({ ...words, id: "c3" });
  await settled();
  await third;
  expect(ids(own)).toEqual(["c1", "c2", "c3"]);
});

test("what is waiting is shown without a gap while it is handed over", async () => {
  const { outbox } = coming();
  const seen: string[][] = [];
  await outbox.put(words);
  outbox.waiting.subscribe((waiting) => seen.push(waiting.map(({ id }) => id)));
  await settled();
  expect(seen.every((now) => now.join() === "c1")).toBe(true);
});

test("what is on record is known by the outbox that came", async () => {
  const { own, outbox } = coming();
  expect(outbox.recorded.value).toEqual(new Set());
  await outbox.put(words);
  await settled();
  own.acked("c1");
  expect(outbox.recorded.value).toEqual(new Set(["c1"]));
});

test("it is fetched once for all that is put in", async () => {
  const { outbox, opened } = coming();
  await Promise.all([outbox.put(words), outbox.put(more)]);
  expect(opened).toHaveLength(1);
});

test("words wait where its script does not come, and are sent once it does", async () => {
  const { own, due, outbox } = coming({ fails: 1 });
  await outbox.put(words);
  await settled();
  expect(ids(outbox)).toEqual(["c1"]);
  expect(outbox.durable.value).toBe(true);
  due.shift()?.();
  await settled();
  expect(ids(own)).toEqual(["c1"]);
});

test("however much is put in while it cannot be fetched, it is tried again once at a time", async () => {
  const { due, outbox } = coming({ fails: 2 });
  await Promise.all([outbox.put(words), outbox.put(more)]);
  await settled();
  expect(due).toHaveLength(1);
});

test("what a page that ended had put in is shown and sent by the next one", async () => {
  const { shelf, outbox } = coming({ fails: 9 });
  await outbox.put(words);
  await outbox.put(more);
  const next = coming({ shelf });
  expect(ids(next.outbox)).toEqual(["c1", "c2"]);
  await settled();
  expect(ids(next.own)).toEqual(["c1", "c2"]);
  expect(shelf.texts).toEqual([]);
});

test("where two pages hand the same over it is in the outbox once", async () => {
  const { shelf, outbox } = coming({ fails: 9 });
  await outbox.put(words);
  const { own, outbox: other } = coming({ shelf, left: true });
  const put = own.put.bind(own);
  own.put = async (command) => {
    if (ids(own).includes(command.id)) throw new RangeError("it waits already");
    return put(command);
  };
  await own.put(words);
  await settled();
  expect(ids(other)).toEqual(["c1"]);
  expect(shelf.texts).toEqual([]);
});

test("what another person left on this device is theirs", async () => {
  const { shelf } = coming();
  stashOf(shelf, "ben").put(words);
  const { outbox } = coming({ shelf });
  expect(ids(outbox)).toEqual([]);
});

test("where nothing can be kept it is said, and what is put in is sent all the same", async () => {
  const { own, outbox } = coming({ shelf: new Shelf({ refuses: true }) });
  const put = outbox.put(words);
  expect(outbox.durable.value).toBe(false);
  await put;
  await settled();
  expect(ids(own)).toEqual(["c1"]);
  expect(outbox.durable.value).toBe(true);
});

test("what no server takes, and what waits already, is not kept", async () => {
  const { outbox } = coming({ fails: 9 });
  await expect(outbox.put({ ...words, text: "x".repeat(70_000) })).rejects.toThrow(RangeError);
  await outbox.put(words);
  await expect(outbox.put(words)).rejects.toThrow(RangeError);
  expect(ids(outbox)).toEqual(["c1"]);
});

test("each waits later than the one before it, whatever the clock says", async () => {
  const { outbox } = coming({ fails: 9 });
  const [first, second] = await Promise.all([outbox.put(words), outbox.put(more)]);
  expect(second.made_at).toBeGreaterThan(first.made_at);
});

test("what did not come is fetched again later", async () => {
  const { due, opened } = coming({ fails: 1, left: true });
  await settled();
  due.shift()?.();
  expect(opened).toHaveLength(2);
});

test("what was left in it is cleared also where it was not fetched before", async () => {
  const { own, shelf, outbox } = coming();
  await own.put(words);
  stashOf(shelf).put(more);
  await outbox.clear();
  expect(own.waiting.value).toEqual([]);
  expect(shelf.texts).toEqual([]);
});

test("one that was closed before it came is closed when it comes, and not fetched again", async () => {
  const { own, due, outbox } = coming({ left: true });
  await outbox.close();
  expect(own.closed).toBe(true);
  expect(due).toEqual([]);
});

test("one that was closed before it was wanted is not fetched", async () => {
  const { opened, due, window, outbox } = coming();
  await outbox.close();
  window.dispatchEvent(new Event("keydown"));
  expect(due).toEqual([]);
  expect(opened).toEqual([]);
});
