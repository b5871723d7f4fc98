import type { Case, Entry, State } from "../../wire/frames.ts";
import { type Change, fold, foldOlder } from "../fold/fold.ts";
import { emptyRoom, type Room, roomOf } from "../fold/room.ts";
import { Log } from "./log.ts";
import { Timeline } from "./timeline.ts";

/** Called with an event and the room as it is before it. */
export type Before = (entry: Entry, room: Room) => void;

/** What is loaded of a room: a stretch of its log up to the newest event, the room after it, and its timeline. */
export class Loaded {
  readonly log = new Log();
  readonly timeline = new Timeline();
  readonly room: Room;

  /** Nothing yet, of a room that the server folded up to `settled`, or from its very beginning. */
  constructor(base?: { readonly state: State; readonly case: Case; readonly settled: number }) {
    this.room = base === undefined ? emptyRoom() : roomOf(base.state, base.case, 0, base.settled);
  }

  /** Take what came after the rest. What is held already is passed over; true is returned where something is missing. */
  take(entries: readonly Entry[], before: Before, after: (change: Change) => void): boolean {
    const { fresh, hole } = this.log.take(entries);
    if (this.room.seq === 0) this.room.seq = this.log.first - 1;
    for (const entry of fresh) {
      before(entry, this.room);
      after(this.#fold(entry));
    }
    return hole;
  }

  /** Put a page of older events in front. Throws `RangeError` where it does not end just before what is loaded. */
  front(page: readonly Entry[]): void {
    this.log.front(page);
    foldOlder(this.room, page);
    this.timeline.front(page, this.room.posts);
  }

  #fold(entry: Entry): Change {
    const change = fold(this.room, entry);
    this.timeline.add(entry, change.post === null ? undefined : this.room.posts.get(change.post));
    return change;
  }
}
