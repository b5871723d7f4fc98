/** Where to go on in the timeline. */
import type { Desk } from "../desk.ts";
import { indexOf } from "./feed.ts";
import type { Virtual } from "./virtual.ts";

/** To the next post that concerns one, after the last to the first again; else to the end. */
export function toNext(desk: Desk, virtual: Virtual): void {
  const { concerning } = desk.store.unread.value;
  const next = concerning[concerning.indexOf(desk.current.peek() ?? "") + 1] ?? concerning[0];
  if (next !== undefined) desk.wanted.value = next;
  else virtual.scrollToEnd();
}

/** To the post before or after the one in hand; from nowhere, to the one that is lowest in sight. */
export function step(desk: Desk, virtual: Virtual, by: 1 | -1): boolean {
  const items = desk.store.timeline.peek();
  const at = indexOf(items, desk.current.peek());
  const from = at >= 0 ? at + by : (virtual.range?.endIndex ?? items.length - 1);
  for (let index = from; index >= 0 && index < items.length; index += by) {
    const item = items[index];
    if (item && item.is !== "note") {
      desk.wanted.value = item.key;
      return true;
    }
  }
  return false;
}
