import type { Here } from "../../wire/frames.ts";
import type { Poll } from "../fold/polls.ts";

/** How a poll stands for one reader. */
export interface Standing {
  /** What they chose; none where they have not voted. */
  readonly mine: readonly number[];
  /** How many chose each option; null while they may not see that. */
  readonly counts: readonly number[] | null;
  readonly voters: number;
}

export function standingOf(poll: Poll, me: string): Standing {
  const mine = poll.ballots.get(me)?.choices ?? [];
  const counts = poll.result?.counts ?? (poll.open && mine.length > 0 ? counted(poll) : null);
  return { mine, counts, voters: poll.result?.voters ?? poll.ballots.size };
}

/** How many of those who are here could vote and have not. */
export function missing(poll: Poll, here: readonly Pick<Here, "person">[]): number {
  return here.filter(({ person }) => !poll.ballots.has(person)).length;
}

/** The part of the voters that `count` is, 0 to 1. */
export function share(count: number, voters: number): number {
  return voters === 0 ? 0 : count / voters;
}

function counted({ options, ballots }: Poll): number[] {
  const all = [...ballots.values()];
  return options.map((_, option) => all.filter(({ choices }) => choices.includes(option)).length);
}
