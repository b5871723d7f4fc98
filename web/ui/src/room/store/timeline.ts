import type { Entry } from "../../wire/frames.ts";
import type { Post } from "../fold/post.ts";
import { type Item, noteOf } from "./item.ts";

type Shown = Exclude<Item, { is: "sending" | "unrecorded" }>;

/** The items of what is loaded, in order. Each change touches the items that it concerns, however many there are. */
export class Timeline {
  #items: Shown[] = [];
  // Places count from an origin that moves when older items come, so that none has to be counted again.
  readonly #places = new Map<string, number>();
  #origin = 0;

  get items(): readonly Shown[] {
    return this.#items;
  }

  /** Show an event that came last, if it is one that is shown. `post` is the one that it made or changed. */
  add(entry: Entry, post: Post | undefined): void {
    const item = itemOf(entry, post);
    if (item !== null) {
      this.#places.set(item.key, this.#origin + this.#items.length);
      this.#items.push(item);
    }
    if (post !== undefined && entry.id !== post.id) this.#replace(post);
  }

  /** Show a page of older events before the others; `posts` has those that the page made. */
  front(page: readonly Entry[], posts: ReadonlyMap<string, Post>): void {
    const items = page.map((entry) => itemOf(entry, posts.get(aboutOf(entry)))).filter((item) => item !== null);
    this.#origin -= items.length;
    for (const [n, item] of items.entries()) this.#places.set(item.key, this.#origin + n);
    this.#items = [...items, ...this.#items];
  }

  #replace(post: Post): void {
    const place = this.#places.get(post.id);
    if (place !== undefined) this.#items[place - this.#origin] = { is: "post", key: post.id, post };
  }
}

/** The post that an event made, or that it is about. */
function aboutOf(entry: Entry): string {
  return "target" in entry.body ? entry.body.target : entry.id;
}

function itemOf(entry: Entry, post: Post | undefined): Shown | null {
  if (entry.kind === "post") return post === undefined ? null : { is: "post", key: entry.id, post };
  // A post that is here shows itself who warns of it.
  if (post !== undefined && (entry.kind === "warned" || entry.kind === "collapsed")) return null;
  const note = noteOf(entry);
  return note === null ? null : { is: "note", key: entry.id, entry: note };
}
