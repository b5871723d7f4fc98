import type { Entry } from "../../wire/frames.ts";
import { opened, turned } from "./card.ts";
import { affected, type Effect, posted } from "./effects.ts";
import { acted } from "./plan.ts";
import { polled, withOld } from "./polls.ts";
import type { Post } from "./post.ts";
import { asked } from "./questions.ts";
import { oppose } from "./refuting.ts";
import type { Room } from "./room.ts";

/**
 * What an event changed. `post`: the one that it made or is about, loaded or not. `pins`: which are pinned, or how.
 * `plan`: what is on the plan or waits for an answer, or how. `polls`: what the room is asked, or who has voted.
 */
export interface Change {
  readonly post: string | null;
  readonly card: boolean;
  readonly pins: boolean;
  readonly plan: boolean;
  readonly polls: boolean;
}

/** Take the next event into `room`. Throws `RangeError` where it cannot be the next one. */
export function fold(room: Room, entry: Entry): Change {
  if (entry.seq !== room.seq + 1) throw new RangeError(`event ${entry.seq} does not follow ${room.seq}`);
  room.seq = entry.seq;
  room.at = entry.at;
  const { card, pinned, plan, questions, polls } = room;
  turn(room, entry);
  oppose(room, entry);
  if (entry.seq > room.settled) list(room, entry, card?.presenter);
  room.polls = entry.seq > room.settled ? polled(polls, entry) : withOld(polls, entry);
  const post = touch(room.posts, room.orphans, entry);
  // What stands against a post may refute it, and does so as others agree with it.
  const about = [post, room.posts.get(post ?? "")?.contradicts].filter((id) => typeof id === "string");
  const told = entry.kind === "outcome";
  const pins = told || room.pinned !== pinned || about.some((id) => pinned.includes(id));
  const planned = told || room.plan !== plan || room.questions !== questions || about.some((id) => isPlanned(room, id));
  return { post, card: room.card !== card, pins, plan: planned, polls: room.polls !== polls };
}

/**
 * The room as `entries`, in order, make it, though not all that lies before them has come: its card, its lists and their
 * posts are as they will be. `room` stays as it is; what it has already is passed over.
 */
export function foldAhead(room: Room, entries: readonly Entry[]): Room {
  const then = { ...room, posts: new Map(room.posts), orphans: new Map<string, Effect[]>() };
  for (const entry of entries) {
    if (entry.seq <= Math.max(room.seq, room.settled)) continue;
    const { card } = then;
    turn(then, entry);
    oppose(then, entry);
    list(then, entry, card?.presenter);
    touch(then.posts, then.orphans, entry);
  }
  return then;
}

/**
 * Take a page of older events, which end just before the oldest that is loaded.
 *
 * No post that is loaded changes: what happened to a post comes after it.
 */
export function foldOlder(room: Room, page: readonly Entry[]): void {
  const posts = new Map<string, Post>();
  const orphans = new Map<string, Effect[]>();
  const { wrong } = room;
  for (const entry of page) {
    turn(room, entry);
    oppose(room, entry);
    room.polls = withOld(room.polls, entry);
    touch(posts, orphans, entry);
  }
  room.wrong = wrong ?? room.wrong;
  for (const [id, post] of posts) room.posts.set(id, adopted(room, post));
  for (const [id, effects] of orphans) room.orphans.set(id, [...effects, ...(room.orphans.get(id) ?? [])]);
}

/** What the server folded leaves out one thing of the card: when the room was closed. */
function turn(room: Room, entry: Entry): void {
  if (entry.kind === "opened") room.card ??= opened(entry.body.case, entry.at);
  else if (room.card !== null && (entry.seq > room.settled || entry.kind === "closed")) {
    room.card = turned(room.card, entry);
  }
}

/** `presenter`: before the event. */
function list(room: Room, entry: Entry, presenter: string | undefined): void {
  room.questions = asked(room.questions, entry, presenter);
  switch (entry.kind) {
    case "acted":
      room.plan = acted(room.plan, entry);
      break;
    case "pinned":
      room.pinned = [...room.pinned, entry.body.target];
      break;
    case "unpinned":
    case "retracted":
      if (room.pinned.includes(entry.body.target)) room.pinned = without(room.pinned, entry.body.target);
  }
}

function isPlanned({ plan, questions }: Room, post: string): boolean {
  return questions.has(post) || plan.some(({ target }) => target === post);
}

function touch(posts: Map<string, Post>, orphans: Map<string, Effect[]>, entry: Entry): string | null {
  switch (entry.kind) {
    case "post":
      posts.set(entry.id, posted(entry));
      return entry.id;
    case "amended":
    case "retracted":
    case "withheld":
    case "corroborated":
    case "released":
    case "warned":
    case "collapsed":
      return affect(posts, orphans, entry);
    default:
      return null;
  }
}

function affect(posts: Map<string, Post>, orphans: Map<string, Effect[]>, entry: Effect): string {
  const { target } = entry.body;
  const post = posts.get(target);
  if (post !== undefined) posts.set(target, affected(post, entry));
  else if (!orphans.get(target)?.push(entry)) orphans.set(target, [entry]);
  return target;
}

function adopted(room: Room, post: Post): Post {
  const effects = room.orphans.get(post.id) ?? [];
  room.orphans.delete(post.id);
  return effects.reduce(affected, post);
}

function without(pinned: readonly string[], id: string): readonly string[] {
  return pinned.filter((other) => other !== id);
}
