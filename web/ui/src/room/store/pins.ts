import type { PinnedPost as Pin } from "../../wire/frames.ts";
import type { Post, PostKind } from "../fold/post.ts";
import type { Room } from "../fold/room.ts";
import type { PinnedPost } from "./store.ts";

/** The pinned posts of a room, also those that are older than what is loaded. */
export class Pins {
  #given = new Map<string, Pin>();
  #as_of = 0;

  /** Take what the server folded at `as_of`. */
  take(pinned: readonly Pin[], as_of: number): void {
    this.#given = new Map(pinned.map((pin) => [pin.id, pin]));
    this.#as_of = as_of;
  }

  /** In the order of their pinning, as far as they are known. */
  list(room: Room): readonly PinnedPost[] {
    return room.pinned.map((id) => this.#pin(room, id)).filter((pin) => pin !== undefined);
  }

  /** Whether the server has to be asked how the pinned posts are. */
  incomplete(room: Room): boolean {
    return room.pinned.some((id) => !room.posts.has(id) && this.#doubtful(room, id));
  }

  #pin(room: Room, id: string): PinnedPost | undefined {
    const post = room.posts.get(id);
    if (post !== undefined) return ofPost(post);
    const pin = this.#given.get(id);
    return pin && ofPin(pin);
  }

  #doubtful(room: Room, id: string): boolean {
    const pin = this.#given.get(id);
    const changed = room.orphans.get(id)?.some((effect) => effect.seq > this.#as_of);
    return pin === undefined || pin.shortened === true || changed === true;
  }
}

function ofPost(post: Post): PinnedPost {
  const { id, seq, by, kind, text } = post;
  return { id, seq, by, kind, text, agree: post.agree.length, disagree: post.disagree.length, shortened: false, post };
}

function ofPin({ id, seq, by, kind, text, agree, disagree, shortened }: Pin): PinnedPost {
  return { id, seq, by: { person: by }, kind: kind as PostKind, text, agree, disagree, shortened: shortened === true };
}
