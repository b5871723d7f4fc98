import type { Desk } from "../desk.ts";
import type { Poll } from "../fold/polls.ts";
import { type Progress, progressOf, send } from "../people/progress.ts";

/** How far this person's newest ballot is. */
export function progressOfVote({ store }: Pick<Desk, "store">, { id }: Poll): Progress {
  return progressOf(store, "poll_vote", (frame) => frame.target === id);
}

/** What this person has chosen and is not on record yet; null where nothing is under way. */
export function underWay({ store }: Pick<Desk, "store">, { id }: Poll): readonly number[] | null {
  const going = store.waiting.value.findLast(
    ({ frame, state }) => frame.t === "poll_vote" && frame.target === id && state !== "refused",
  );
  return going?.frame.t === "poll_vote" ? going.frame.choices : null;
}

/** Give one's ballot, in place of the one before. */
export function vote(desk: Pick<Desk, "store" | "client">, { id: target }: Poll, choices: readonly number[]) {
  return send(desk, "poll_vote", { target, choices }, (frame) => frame.target === target);
}

/** `chosen` with one option more, or without it. */
export function toggled(chosen: readonly number[], option: number): readonly number[] {
  return chosen.includes(option)
    ? chosen.filter((other) => other !== option)
    : [...chosen, option].sort((one, other) => one - other);
}
