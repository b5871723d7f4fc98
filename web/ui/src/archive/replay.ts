import { fold } from "../room/fold/fold.ts";
import { NO_OPINIONS, type Opinions } from "../room/fold/opinions.ts";
import type { Polls } from "../room/fold/polls.ts";
import type { Post } from "../room/fold/post.ts";
import { refutedBy } from "../room/fold/refuting.ts";
import { emptyRoom } from "../room/fold/room.ts";
import { type Item, type Note, noteOf } from "../room/store/item.ts";
import type { By, Entry } from "../wire/frames.ts";

/** One who took part: how often they posted, and how many stances they took. */
export interface Part {
  readonly by: By;
  readonly posts: number;
  readonly stances: number;
}

export type Ending = Extract<Note, { kind: "closed" }>;
export type OutcomeNote = Extract<Note, { kind: "outcome" }>;

/** A log as it reads at its end. */
export interface Replayed {
  readonly posts: ReadonlyMap<string, Post>;
  readonly polls: Polls;
  readonly pinned: readonly Post[];
  readonly opinions: Opinions;
  /** The event that refutes a post: a post, or the outcome. */
  readonly refutedBy: (id: string) => string | undefined;
  /** Posts as they ended, and notes, in the order of the record. */
  readonly items: readonly Item[];
  readonly parts: readonly Part[];
  readonly ending: Ending | null;
  /** The last one, which counts. */
  readonly outcome: OutcomeNote | null;
  /** Where an event is to be read: at itself, or at the post that it is about; undefined where it is nowhere. */
  readonly placeOf: (event: string) => string | undefined;
}

/** Replay a whole log through the fold that live rooms use. Throws `RangeError` where an event is missing. */
export function replay(events: readonly Entry[], presenter: string): Replayed {
  const room = emptyRoom();
  for (const entry of events) fold(room, entry);
  const pinned = room.pinned.map((id) => room.posts.get(id)).filter((post) => post !== undefined);
  const items = events.map((entry) => itemOf(entry, room.posts)).filter((item) => item !== null);
  const ending = events.find((entry) => entry.kind === "closed") ?? null;
  const outcome = events.findLast((entry) => entry.kind === "outcome") ?? null;
  const { posts, polls } = room;
  const opinions = room.card?.opinions ?? NO_OPINIONS;
  const places = placesOf(events, items);
  const placeOf = (event: string) => places.get(event);
  const found = { pinned, opinions, placeOf, refutedBy: (id: string) => refutedBy(room, id) };
  return { posts, polls, ...found, items, parts: partsOf(events, presenter), ending, outcome };
}

function itemOf(entry: Entry, posts: ReadonlyMap<string, Post>): Item | null {
  const post = entry.kind === "post" ? posts.get(entry.id) : undefined;
  if (post) return { is: "post", key: entry.id, post };
  const note = noteOf(entry);
  return note && { is: "note", key: entry.id, entry: note };
}

/** By event the item at which it is read. */
function placesOf(events: readonly Entry[], items: readonly Item[]): ReadonlyMap<string, string> {
  const shown = new Set(items.map(({ key }) => key));
  const places = events.map(({ id, body }) => [id, shown.has(id) ? id : targetOf(body)] as const);
  return new Map(places.filter((one): one is [string, string] => one[1] !== undefined && shown.has(one[1])));
}

function targetOf(body: Entry["body"]): string | undefined {
  return "target" in body ? body.target : undefined;
}

/** The presenter first, then by what they said. */
function partsOf(events: readonly Entry[], presenter: string): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const { kind, by } of events) {
    const before = parts.get(by.person) ?? { posts: 0, stances: 0 };
    const posts = before.posts + (kind === "post" ? 1 : 0);
    const stances = before.stances + (kind === "corroborated" ? 1 : 0);
    if (by.handle !== undefined || by.role !== undefined) parts.set(by.person, { by, posts, stances });
  }
  const first = (part: Part) => (part.by.person === presenter ? 1 : 0);
  return [...parts.values()].toSorted((a, b) => first(b) - first(a) || b.posts - a.posts || b.stances - a.stances);
}
