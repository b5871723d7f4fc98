/** What a list shows while a pointer is over it: nothing moves that is about to be clicked. */
import type { Line } from "./store.ts";

export interface Held {
  readonly rows: readonly Line[];
  /** Those that wait until the pointer is gone. */
  readonly fresh: readonly Line[];
}

/** The rows of `shown` where they stand, with what is known of them by now; one that is gone stays, as closed. */
export function held(shown: readonly Line[], lines: readonly Line[]): Held {
  const known = new Map(lines.map((line) => [line.room, line]));
  const rows = shown.map((line) => known.get(line.room) ?? { ...line, status: "closed" as const });
  const there = new Set(shown.map((line) => line.room));
  return { rows, fresh: lines.filter((line) => !there.has(line.room)) };
}

/** The rooms whose rows stand elsewhere than they did. */
export function moved(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  return new Set(after.filter((room, at) => before[at] !== room));
}
