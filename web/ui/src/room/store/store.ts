import type { ReadonlySignal } from "@preact/signals";
import type { By, Case, ErrorCode, Here, Joined, Left, ObserversHere } from "../../wire/frames.ts";
import type { CommandFrame, Waiting } from "../../wire/outbox.ts";
import type { Card } from "../fold/card.ts";
import type { Act } from "../fold/plan.ts";
import type { Poll } from "../fold/polls.ts";
import type { Post, PostKind } from "../fold/post.ts";
import type { Item, Note } from "./item.ts";

/** One's seat in a room. `away`: the connection is lost, and what is shown is as it was then. */
export type SeatState =
  | { readonly is: "joining" }
  | { readonly is: "live" | "catching_up" | "away"; readonly as: Joined["as"]; readonly role: string }
  | { readonly is: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly is: "left"; readonly code: Left["code"] };

/** A pinned post, also of one that is older than what is loaded: then `by` has the person only, and `post` is absent. */
export interface PinnedPost {
  readonly id: string;
  readonly seq: number;
  readonly by: By;
  readonly kind: PostKind;
  readonly text: string;
  readonly agree: number;
  readonly disagree: number;
  /** Only the beginning of the text is here yet; the whole is on its way. */
  readonly shortened: boolean;
  /** The event that refutes it: a post, or the outcome. */
  readonly refuted_by?: string | undefined;
  readonly post?: Post;
}

/** A recommendation on the plan. `version`: of its present text; `retracted`: there is none any more. */
export interface PlannedPost extends PinnedPost {
  readonly version: number;
  readonly contradicts?: string | undefined;
  readonly retracted: boolean;
  readonly act: Act;
}

/** A question that waits for the answer of `to`. */
export interface OpenQuestion extends PinnedPost {
  readonly to: string;
}

/** Who is here, as the server said at `as_of` (Unix ms, its clock). `seen`: how far each person has read. */
export interface Presence {
  /** Contributors, whoever came first first; viewers and observers are told numbers only. */
  readonly people: readonly Here[];
  readonly viewers: number;
  readonly observers: ObserversHere;
  readonly seen: ReadonlyMap<string, number>;
  readonly as_of: number;
}

/** What is new to this person. */
export interface Unread {
  /** The unread line stands after this `seq`: how far one had read at the last `visit`. It stays while one reads. */
  readonly after: number;
  /** How many posts of others are newer than what one has seen by now. */
  readonly count: number;
  /** There may be more before what is loaded. */
  readonly at_least: boolean;
  /** Posts to jump to, oldest first: to me, answers to mine, mine with a new stance, those amended since I took mine. */
  readonly concerning: readonly string[];
}

/** The server's record went back: what was shown here as on record is no more. `events`: how many at least. */
export interface WentBack {
  readonly events: number;
  readonly posts: readonly Post[];
  readonly notes: readonly Note[];
}

/** A command for this room. */
export type Command = Extract<Waiting, { room: string }>;

export type Older = "none" | "some" | "loading" | "failed";

export type Fields<K extends CommandFrame["t"]> = Omit<Extract<CommandFrame, { t: K }>, "t" | "id" | "room">;

/** A room as its views read it. Signals change at most once a frame of the screen, however many events came. */
export interface RoomStore {
  readonly id: string;
  readonly seat: ReadonlySignal<SeatState>;
  readonly case: ReadonlySignal<Case | null>;
  readonly card: ReadonlySignal<Card | null>;
  /** The posts that are loaded. */
  readonly posts: { get(id: string): Post | undefined };
  /** The event that refutes a post that is loaded: a post, or the outcome. */
  refutedBy(id: string): string | undefined;
  readonly pinned: ReadonlySignal<readonly PinnedPost[]>;
  readonly plan: ReadonlySignal<readonly PlannedPost[]>;
  readonly questions: ReadonlySignal<readonly OpenQuestion[]>;
  /** Open ones and, as far as they are known, those that are over, in the order in which they were opened. */
  readonly polls: ReadonlySignal<readonly Poll[]>;
  /** What is loaded, oldest first, then what is being sent, by this person or by others who cannot either just now. */
  readonly timeline: ReadonlySignal<readonly Item[]>;
  /** Grows with each change of what is loaded. */
  readonly version: ReadonlySignal<number>;
  readonly here: ReadonlySignal<Presence>;
  readonly typing: ReadonlySignal<readonly By[]>;
  readonly unread: ReadonlySignal<Unread>;
  readonly older: ReadonlySignal<Older>;
  readonly advice: ReadonlySignal<string>;
  /** This person's commands for this room that are not answered for good, and refused ones until they are dismissed. */
  readonly waiting: ReadonlySignal<readonly Command[]>;
  /** Not null: say so, until `acceptLoss`. */
  readonly wentBack: ReadonlySignal<WentBack | null>;
  /** Load a page of older events in front of the others; `older` says how it went. */
  loadOlder(): Promise<void>;
  /** Send a command; resolves when it is kept and will be sent, also after a reload. */
  command<K extends CommandFrame["t"]>(kind: K, fields: Fields<K>): Promise<Waiting>;
  /** Call with each keystroke, and with `false` when the field is empty or left. */
  typing_now(on: boolean): void;
  /** One is back at the room: the unread line goes to where one had read. */
  visit(): void;
  /** One has read up to `seq`. */
  saw(seq: number): void;
  /** From viewer to contributor. Rejects with `Refused` or `Down`. */
  stepUp(): Promise<void>;
  acceptLoss(): void;
  /** Give the seat back for good. */
  leave(): void;
}

/** What there was while one was away still comes: what is shown is a part of it. */
export function catchingUp({ seat }: Pick<RoomStore, "seat">): boolean {
  return seat.value.is === "catching_up";
}
