import type { Case, State } from "../../wire/frames.ts";
import { type Card, given } from "./card.ts";
import type { Effect } from "./effects.ts";
import { type Act, actOf } from "./plan.ts";
import { type Poll, type Polls, pollsOf } from "./polls.ts";
import type { Post } from "./post.ts";
import type { Questions } from "./questions.ts";

/**
 * A room as one reader may know it after `seq` events, of which those from some point on are loaded.
 *
 * It is changed in place; the values in it are replaced. `at` is the time of the last event, Unix ms.
 */
export interface Room {
  seq: number;
  at: number;
  /** Null until `opened` or a folded state came. */
  card: Card | null;
  /** Up to here the card and what is listed are as the server folded them: events up to there change nothing in them. */
  readonly settled: number;
  readonly posts: Map<string, Post>;
  pinned: readonly string[];
  /** In the order in which each act was first taken up; of those that ended the last, where the server folded them. */
  plan: readonly Act[];
  questions: Questions;
  /** By post those that contradict it, as far as they are loaded. */
  contradicted: ReadonlyMap<string, ReadonlySet<string>>;
  /** By post the outcome that contradicts it, of the last outcome that is loaded; null where none is. */
  wrong: ReadonlyMap<string, string> | null;
  /** Those that are open, and of those that are over as many as are known. */
  polls: Polls;
  /** What happened to posts that are not loaded yet, in order, by post. */
  readonly orphans: Map<string, Effect[]>;
}

const nothingAgainst = { contradicted: new Map<string, ReadonlySet<string>>(), wrong: null };
const nothingListed = { pinned: [], plan: [], questions: new Map<string, string>(), polls: new Map<string, Poll>() };

/** A room of which the events after `seq` are about to come. */
export function emptyRoom(seq = 0): Room {
  return {
    seq,
    at: 0,
    card: null,
    settled: 0,
    posts: new Map(),
    ...nothingListed,
    ...nothingAgainst,
    orphans: new Map(),
  };
}

/** A room that the server folded up to `settled`, of which the events after `seq` are about to come. */
export function roomOf(state: State, of: Case, seq: number, settled: number): Room {
  const pinned = state.pinned.map((pin) => pin.id);
  const questions = new Map(state.questions.map(({ id, to }) => [id, to]));
  const listed = { pinned, plan: state.plan.map(actOf), questions, polls: pollsOf(state, settled) };
  const told = { ...listed, ...nothingAgainst };
  return { seq, at: of.opened_at, card: given(state, of), settled, posts: new Map(), ...told, orphans: new Map() };
}
