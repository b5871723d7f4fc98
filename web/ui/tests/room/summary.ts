/** Rooms in a form that can be compared, and the state that a server would send of one. */

import { fold } from "../../src/room/fold/fold.ts";
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
export function sights({ seq, at, card, pinned, posts }: Room): unknown {
  return { seq, at, card, pinned, posts: inOrder(posts) };
}

export function inOrder(posts: ReadonlyMap<string, Post>): Post[] {
  return [...posts.values()].sort((one, other) => one.seq - other.seq);
}

/** The state after a whole log, as `joined` and HTTP have it. */
export function stateOf(log: readonly Entry[]): State {
  const { card, posts, pinned } = folded(log);
  if (card === null) throw new RangeError("there is no room");
  const { status, presenter, reach, observers, waiting, sealed_upto, outcome } = card;
  const pins = pinned.map((id) => pinOf(posts.get(id) as Post));
  const people = { invited: [...card.invited], removed: [...card.removed] };
  const { paged_at, answered_at, pages } = card;
  const help = { ...(paged_at !== null && { paged_at }), ...(answered_at !== null && { answered_at }) };
  const ended = outcome === null ? {} : { outcome };
  return {
    status,
    presenter,
    reach,
    observers,
    waiting,
    posts: posts.size,
    pinned: pins,
    sealed_upto,
    ...people,
    ...(pages.length > 0 && { pages: pages.slice(-5) }),
    ...help,
    ...ended,
  };
}

function pinOf({ id, seq, by, kind, text, agree, disagree }: Post): State["pinned"][number] {
  return { id, seq, by: by.person, kind, text, agree: agree.length, disagree: disagree.length };
}
