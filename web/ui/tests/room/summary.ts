/** Rooms in a form that can be compared, and the state that a server would send of one. */

import { fold } from "../../src/room/fold/fold.ts";
import type { Act } from "../../src/room/fold/plan.ts";
import type { Poll } from "../../src/room/fold/polls.ts";
import type { Post } from "../../src/room/fold/post.ts";
import { emptyRoom, type Room } from "../../src/room/fold/room.ts";
import type { Entry, State } from "../../src/wire/frames.ts";

/** The room after a whole log. */
export function folded(log: readonly Entry[]): Room {
  const room = emptyRoom();
  for (const entry of log) fold(room, entry);
  return room;
}

/** All that views can see of a room. */
export function sights({ seq, at, card, pinned, plan, questions, polls, posts }: Room): unknown {
  return { seq, at, card, pinned, plan, questions, polls, posts: inOrder(posts) };
}

export function inOrder(posts: ReadonlyMap<string, Post>): Post[] {
  return [...posts.values()].sort((one, other) => one.seq - other.seq);
}

/** The state after a whole log, as `joined` and HTTP have it. */
export function stateOf(log: readonly Entry[]): State {
  const { card, posts, pinned, plan, questions, polls } = folded(log);
  if (card === null) throw new RangeError("there is no room");
  const { status, presenter, reach, observers, waiting, sealed_upto, outcome, outcome_known, lead, hand_over, vitals } =
    card;
  const listed = (id: string) => pinOf(posts.get(id) as Post);
  const guests = { invited: [...card.invited], removed: [...card.removed] };
  const { paged_at, answered_at, pages } = card;
  const help = { ...(paged_at !== null && { paged_at }), ...(answered_at !== null && { answered_at }) };
  const led = lead === null ? {} : { lead };
  const offered = hand_over === null ? {} : { hand_over: { ...hand_over, note: hand_over.note ?? "" } };
  const { opened, people } = card.opinions;
  const opinions = { given: people.size, people: [...people], ...(opened !== null && { opened }) };
  const ended = outcome === null ? {} : { outcome, outcome_known };
  return {
    status,
    presenter,
    reach,
    observers,
    waiting,
    posts: posts.size,
    pinned: pinned.map(listed),
    plan: plan.map((act) => ({ ...listed(act.target), ...plannedOf(act, posts.get(act.target) as Post) })),
    questions: [...questions].map(([id, to]) => ({ ...listed(id), author: (posts.get(id) as Post).by, to })),
    sealed_upto,
    vitals,
    ...(polls.size > 0 && { polls: [...polls.values()].map(pollNow) }),
    ...guests,
    ...(people.size > 0 && { opinions }),
    ...(pages.length > 0 && { pages: pages.slice(-5) }),
    ...help,
    ...ended,
    ...led,
    ...offered,
  };
}

function pollNow({ ballots, result, shortened: _shortened, ...poll }: Poll) {
  const given = Object.fromEntries([...ballots].map(([person, { choices }]) => [person, choices]));
  return { ...poll, ...(poll.open ? { ballots: given } : (result ?? {})) };
}

function plannedOf({ target: _target, read_back, reason, ...act }: Act, { by, version, retracted }: Post) {
  const said = { ...(read_back === null ? {} : { read_back }), ...(reason === null ? {} : { reason }) };
  return { author: by, version, act: { ...act, ...said }, ...(retracted ? { retracted: true as const } : {}) };
}

function pinOf({ id, seq, by, kind, text, agree, disagree }: Post): State["pinned"][number] {
  return { id, seq, by: by.person, kind, text, agree: agree.length, disagree: disagree.length };
}
