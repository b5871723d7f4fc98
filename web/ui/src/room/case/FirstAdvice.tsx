import { useEffect, useState } from "preact/hooks";
import type { RoomStore } from "../store/store.ts";
import { Advice } from "./Advice.tsx";

const read = new Set<string>();

/** Whose decision it is: the first time that this page shows the room, and not again. */
export function FirstAdvice({ store }: { store: RoomStore }) {
  const [first] = useState(!read.has(store.id));
  useEffect(() => void read.add(store.id), [store.id]);
  return first ? <Advice store={store} /> : null;
}
