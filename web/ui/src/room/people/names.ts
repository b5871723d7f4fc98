import type { By, Me } from "../../wire/frames.ts";
import type { RoomStore } from "../store/store.ts";

/**
 * `by` with what the room knows of them, or null where it has no more than their id: who is not here and of whom
 * nothing is loaded. An observer is told pseudonyms, which are names.
 */
export function personOf(store: RoomStore, me: Me, by: By): By | null {
  const seat = store.seat.value;
  if (by.handle || ("as" in seat && seat.as === "observe")) return by;
  if (by.person === me.person) return me;
  return store.here.value.people.find((here) => here.person === by.person) ?? authorOf(store, by.person);
}

function authorOf(store: RoomStore, person: string): By | null {
  for (const item of store.timeline.value) {
    const by = item.is === "post" ? item.post.by : item.is === "note" ? item.entry.by : undefined;
    if (by?.person === person) return by;
  }
  return null;
}
