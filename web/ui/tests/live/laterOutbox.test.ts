import { expect, test } from "vitest";
import { LaterOutbox } from "../../src/live/laterOutbox.ts";
import type { CommandFrame } from "../../src/wire/outbox.ts";
import { ROOM } from "../room/story.ts";
import { PeerOutbox, settled } from "./peers.ts";

const words: CommandFrame = { t: "post", id: "c1", room: ROOM, text: "One vial." };

/** An outbox that comes later, and the hands of its clock. */
function coming({ fails = 0 } = {}) {
  const own = new PeerOutbox();
  const due: (() => void)[] = [];
  const opened: number[] = [];
  const open = async () => {
    opened.push(opened.length);
    if (opened.length <= fails) throw new TypeError("the line is down");
    return own;
  };
  const after = (_: number, act: () => void) => {
    due.push(act);
    return () => due.splice(due.indexOf(act), 1);
  };
  return { own, due, opened, outbox: new LaterOutbox(open, { after }) };
}

test("it is fetched at once: the line may go before the first sentence is written", () => {
  expect(coming().opened).toHaveLength(1);
});

test("what is put in before it came waits for it", async () => {
  const { own, outbox } = coming();
  await outbox.put(words);
  expect(own.waiting.value).toHaveLength(1);
  expect(outbox.waiting.value).toHaveLength(1);
});

test("it is fetched once for all that is put in", async () => {
  const { outbox, opened } = coming();
  await Promise.all([outbox.put(words), outbox.put({ ...words, id: "c2" })]);
  expect(opened).toHaveLength(1);
});

test("words that could not be kept are not said to wait, and may be put again", async () => {
  const { outbox } = coming({ fails: 1 });
  await expect(outbox.put(words)).rejects.toThrow();
  expect(outbox.waiting.value).toEqual([]);
  await outbox.put(words);
  expect(outbox.waiting.value).toHaveLength(1);
});

test("what did not come is fetched again later", async () => {
  const { due, opened } = coming({ fails: 1 });
  await settled();
  due.shift()?.();
  expect(opened).toHaveLength(2);
});

test("what was left in it is cleared also where it was not fetched before", async () => {
  const { own, outbox } = coming();
  await own.put(words);
  await outbox.clear();
  expect(own.waiting.value).toEqual([]);
});

test("one that was closed before it came is closed when it comes, and not fetched again", async () => {
  const { own, due, outbox } = coming();
  await outbox.close();
  expect(own.closed).toBe(true);
  expect(due).toEqual([]);
});
