/** The timeline as a long list: what is drawn of it, where one begins to read, what is brought into sight. */
import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Desk } from "../desk.ts";
import type { Item } from "../store/item.ts";
import { firstUnread, heightOf, seqOf, seqsOf } from "./places.ts";
import { useVirtual, type Virtual } from "./virtual.ts";

const PROSE_PX = 560;
const PADDING_PX = 40;
/** So many items before the first that is loaded, the next page is asked for. */
const EARLY = 10;

/** The list of `items` in `scroller`, which does all that a reader expects of it. */
export function useFeed(desk: Desk, items: readonly Item[], scroller: RefObject<HTMLElement | null>): Virtual {
  const guess = useGuess(scroller);
  const virtual = useVirtual({
    scroller,
    count: items.length,
    keyOf: useCallback((index: number) => items[index]?.key ?? String(index), [items]),
    heightOf: useCallback((index: number) => (items[index] ? guess(items[index]) : 0), [items]),
    keep: indexOf(items, desk.form.value?.post ?? desk.current.value),
  });
  const here = HERE.has(desk.store.seat.value.is);
  const wanted = desk.wanted.value;
  useLayoutEffect(() => {
    if (here && !desk.began.peek()) begin(desk, items, virtual);
    if (wanted !== null) bring(desk, wanted, items, virtual);
  });
  useEffect(() => loadEarly(desk, virtual));
  useRead(desk, virtual);
  return virtual;
}

/** About how high an item is, the same each time: what is out of sight must not move what is in sight. */
function useGuess(scroller: RefObject<HTMLElement | null>): (item: Item) => number {
  const [guesses] = useState(() => new Map<string, number>());
  return (item) => {
    let guess = guesses.get(item.key);
    if (guess === undefined) {
      const width = Math.min(PROSE_PX, (scroller.current?.clientWidth ?? PROSE_PX) - PADDING_PX);
      guess = heightOf(item, width);
      guesses.set(item.key, guess);
    }
    return guess;
  };
}

/** Where `key` is; -1 where it is not loaded. The newest are asked for most. */
export function indexOf(items: readonly Item[], key: string | null): number {
  return key === null ? -1 : items.findLastIndex((item) => item.key === key);
}

/** All that there was when one came is here, or no more will come for now. */
const HERE: ReadonlySet<string> = new Set(["live", "away"]);

/** Once all that there was is here: go to what the address names, to what is new, or to the end. */
function begin(desk: Desk, items: readonly Item[], virtual: Virtual): void {
  const { store, me, began } = desk;
  if (items.length === 0) return;
  const named = location.hash.slice(1);
  const unread = firstUnread(items, store.unread.value.after, me.person);
  began.value = { unread };
  if (named) desk.wanted.value = named;
  else if (unread) virtual.scrollToIndex(indexOf(items, unread), { align: "start" });
  else virtual.scrollToEnd();
}

/** Bring what is wanted into sight; its row takes the focus once it is drawn. Older pages are loaded until it is here. */
function bring(desk: Desk, wanted: string, items: readonly Item[], virtual: Virtual): void {
  const index = indexOf(items, wanted);
  const older = desk.store.older.value;
  if (index >= 0) {
    desk.current.value = wanted;
    if (!fills(virtual, index)) virtual.scrollToIndex(index);
  } else if (older === "some") void desk.store.loadOlder();
  else if (older !== "loading") desk.wanted.value = null;
}

/** Whether the item is higher than what is seen, and one is in it already. */
function fills(virtual: Virtual, index: number): boolean {
  const { start, end } = virtual.measurementsCache[index] ?? { start: 0, end: 0 };
  const top = virtual.scrollOffset ?? 0;
  const height = virtual.scrollRect?.height ?? 0;
  return end - start > height && start < top + height && end > top;
}

function loadEarly({ store, began }: Desk, virtual: Virtual): void {
  const first = virtual.range?.startIndex ?? EARLY;
  if (began.value && first < EARLY && store.older.value === "some") void store.loadOlder();
}

/** Tell the room how far one has read: what was in sight while the page was. */
function useRead(desk: Desk, virtual: Virtual): void {
  useEffect(() => read(desk, virtual));
  useEffect(() => {
    const tell = () => read(desk, virtual);
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [desk, virtual]);
}

function read({ store, began }: Desk, virtual: Virtual): void {
  const { range } = virtual;
  const items = store.timeline.peek();
  if (!began.value || !range || document.visibilityState !== "visible") return;
  const last = items.findLastIndex((item) => seqOf(item) !== null);
  const seen = items.slice(range.startIndex, range.endIndex + 1);
  // Stances have no line of their own: who is at the end has read those on the posts in sight.
  const seqs = range.endIndex >= last ? seen.flatMap(seqsOf) : seen.map((item) => seqOf(item) ?? 0);
  if (seqs.length > 0) store.saw(Math.max(...seqs));
}
