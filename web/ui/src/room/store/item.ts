import type { By, Entry, Post as PostCommand, PostKind } from "../../wire/frames.ts";
import type { Refusal } from "../../wire/refusals.ts";
import type { Post } from "../fold/post.ts";

type NoteKind =
  | "opened"
  | "amended"
  | "retracted"
  | "released"
  | "warned"
  | "collapsed"
  | "withheld"
  | "acted"
  | "poll_opened"
  | "poll_closed"
  | "paged"
  | "escalated"
  | "hand_over_asked"
  | "responded"
  | "handed_over"
  | "led"
  | "invited"
  | "removed"
  | "widened"
  | "observers_changed"
  | "opined"
  | "revealed"
  | "vitals_added"
  | "revised"
  | "closed"
  | "awards_revealed"
  | "outcome"
  | "sealed";

/** An event that the timeline shows beside posts. What it says of a post stands in the post. */
export type Note = Exclude<Extract<Entry, { kind: NoteKind }>, { kind: "amended" | "released" }> | AboutNote;

export interface AboutNote extends Omit<Extract<Entry, { kind: "amended" | "released" }>, "body" | "kind"> {
  readonly kind: "amended" | "released";
  readonly body: { readonly target: string };
}

/** A post on its way. `acked`: it is on record, and its event is about to come. `made_at` is Unix ms, by this machine. */
export interface Sending {
  readonly id: string;
  readonly made_at: number;
  readonly frame: PostCommand;
  readonly state: "waiting" | "sent" | "refused" | "acked";
  readonly refusal?: Refusal | undefined;
}

/**
 * What somebody else says while nothing can be put on record. `said_at` is when it was first heard of, Unix ms by this
 * machine, `after` the newest `seq` then. `never`: nobody tries to put it on record any more.
 */
export interface Unrecorded {
  readonly id: string;
  readonly by: By;
  readonly kind: PostKind;
  readonly text: string;
  readonly said_at: number;
  readonly after: number;
  readonly never: boolean;
}

/**
 * A line of the timeline. `key` is the event's id, which is the command's id: what is sent or heard of before turns into
 * what is on record without another key. An item is replaced, never changed.
 */
export type Item =
  | { readonly is: "post"; readonly key: string; readonly post: Post }
  | { readonly is: "note"; readonly key: string; readonly entry: Note }
  | { readonly is: "unrecorded"; readonly key: string; readonly said: Unrecorded }
  | { readonly is: "sending"; readonly key: string; readonly waiting: Sending };

/** The note that an event is, or null. What was amended may be retracted one day, and must not stay in a note. */
export function noteOf(entry: Entry): Note | null {
  switch (entry.kind) {
    case "paged":
      return isSaidAnyway(entry) ? null : entry;
    case "amended":
    case "released":
      return { ...entry, body: { target: entry.body.target } };
    case "opened":
    case "retracted":
    case "warned":
    case "collapsed":
    case "withheld":
    case "acted":
    case "poll_opened":
    case "poll_closed":
    case "escalated":
    case "hand_over_asked":
    case "responded":
    case "handed_over":
    case "led":
    case "invited":
    case "removed":
    case "widened":
    case "observers_changed":
    case "opined":
    case "revealed":
    case "vitals_added":
    case "revised":
    case "closed":
    case "awards_revealed":
    case "outcome":
    case "sealed":
      return entry;
    default:
      return null;
  }
}

/** A case that rings of itself says so with its first circle, or that there is nobody. */
function isSaidAnyway({ by, body }: Extract<Entry, { kind: "paged" }>): boolean {
  return by.person === "system" && body.tier === 0;
}
