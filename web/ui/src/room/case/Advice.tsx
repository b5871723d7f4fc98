import type { RoomStore } from "../store/store.ts";

/** Whose decision it is, in the server's words. */
export function Advice({ store }: { store: RoomStore }) {
  return store.advice.value ? <p class="case-note said">{store.advice.value}</p> : null;
}
