/** The deadlines of what rings: in a tab that nobody sees the time stands still but for these. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Told } from "../live/notices.ts";

/**
 * Call `due` at the deadline of each of `calls` that has one, the nearest first. What is over is to leave `calls` then.
 * `now`: the server's time, Unix ms. Returns what ends it.
 */
export function atDeadlines(calls: ReadonlySignal<readonly Told[]>, now: () => number, due: () => void): () => void {
  return effect(() => {
    const nearest = Math.min(...calls.value.flatMap(({ deadline_at }) => deadline_at ?? []));
    if (nearest === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(due, Math.max(0, nearest - now()));
    return () => clearTimeout(timer);
  });
}
