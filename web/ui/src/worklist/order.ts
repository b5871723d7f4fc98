import type { Help, Line } from "./store.ts";

const RANKS: Readonly<Record<Line["acuity"], number>> = { stat: 0, asap: 1, urgent: 2, routine: 3 };
/** How far the help of a case is. */
const STEPS: Readonly<Record<Help, number>> = { nobody: 0, paged: 1, answered: 2 };

/** The most urgent first, then who has nobody, who is paged for, who has an answer; of those who waits longest. */
export function inOrder(lines: Iterable<Line>): readonly Line[] {
  return [...lines].sort(
    (one, other) =>
      RANKS[one.acuity] - RANKS[other.acuity] ||
      stepOf(one) - stepOf(other) ||
      one.opened_at - other.opened_at ||
      (one.room < other.room ? -1 : 1),
  );
}

/** How far its help is; where that is not told, as far as can be. */
export function stepOf({ help }: Pick<Line, "help">): number {
  return STEPS[help ?? "answered"];
}
