import type { Line } from "./store.ts";

const RANKS: Readonly<Record<Line["acuity"], number>> = { stat: 0, asap: 1, urgent: 2, routine: 3 };

/** The most urgent first, then who has nobody, then who waits longest. */
export function inOrder(lines: Iterable<Line>): readonly Line[] {
  return [...lines].sort(
    (one, other) =>
      RANKS[one.acuity] - RANKS[other.acuity] ||
      Number(other.waiting ?? false) - Number(one.waiting ?? false) ||
      one.opened_at - other.opened_at ||
      (one.room < other.room ? -1 : 1),
  );
}
