/** What is refuted: realtime/rooms/evidence/refuting.py. */
import type { Entry } from "../../wire/frames.ts";
import type { Post } from "./post.ts";
import type { Room } from "./room.ts";

export type Opposed = Pick<Room, "contradicted" | "wrong"> & { readonly posts: ReadonlyMap<string, Post> };

/** Note in `room` what an event contradicts. */
export function oppose(room: Room, entry: Entry): void {
  if (entry.kind === "outcome") room.wrong = new Map(entry.body.contradicts.map((target) => [target, entry.id]));
  if (entry.kind !== "post" || !entry.body.contradicts) return;
  const { contradicts } = entry.body;
  const others = new Set(room.contradicted.get(contradicts)).add(entry.id);
  room.contradicted = new Map(room.contradicted).set(contradicts, others);
}

/**
 * The id of the event that refutes a post: the outcome, or the best supported post; undefined where nothing does.
 *
 * A post refutes what it contradicts while more physicians agree with it than with that, and than dispute it. One that was
 * retracted, is folded away or is refuted itself refutes nothing.
 */
export function refutedBy(room: Opposed, id: string): string | undefined {
  const post = room.posts.get(id);
  if (post === undefined || post.retracted) return undefined;
  const outcome = room.wrong?.get(id);
  if (outcome !== undefined) return outcome;
  const others = [...(room.contradicted.get(id) ?? [])].map((other) => room.posts.get(other));
  return others
    .filter((other) => other !== undefined)
    .filter((other) => outweighs(other, post) && stands(room, other))
    .sort((one, other) => other.agree.length - one.agree.length || one.seq - other.seq)[0]?.id;
}

function outweighs({ agree, disagree }: Post, post: Post): boolean {
  return agree.length > Math.max(post.agree.length, disagree.length);
}

function stands(room: Opposed, { id, retracted, collapsed }: Post): boolean {
  return !retracted && !collapsed && refutedBy(room, id) === undefined;
}
