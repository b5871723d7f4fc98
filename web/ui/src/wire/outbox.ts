/** What the outbox promises to those who write. The files in `outbox/` keep the promise. */

import type { ReadonlySignal } from "@preact/signals";
import type {
  Act,
  Amend,
  Award,
  Close,
  Corroborate,
  Flag,
  HandOver,
  Invite,
  Lead,
  Observers,
  Opine,
  Outcome,
  Page,
  Pin,
  PollClose,
  PollOpen,
  PollVote,
  Post,
  Release,
  Remove,
  Respond,
  Retract,
  Reveal,
  Revise,
  Unpin,
  Vitals,
  Widen,
  Withhold,
} from "./frames.ts";
import type { OpenCase } from "./opening.ts";
import type { Refusal } from "./refusals.ts";

/** The frames that make an event of a room. */
export type CommandFrame =
  | Post
  | Amend
  | Retract
  | Corroborate
  | Release
  | Flag
  | Award
  | Pin
  | Unpin
  | Invite
  | Remove
  | Widen
  | Observers
  | Withhold
  | Act
  | PollOpen
  | PollVote
  | PollClose
  | HandOver
  | Page
  | Respond
  | Lead
  | Opine
  | Reveal
  | Vitals
  | Revise
  | Close
  | Outcome;

/** A case that is to be opened. It has no room yet, and goes over HTTP with `id` as its `Idempotency-Key`. */
export interface OpenCaseCommand {
  readonly t: "open_case";
  readonly id: string;
  readonly case: OpenCase;
}

export type Command = CommandFrame | OpenCaseCommand;

/**
 * A command that is not on record. `made_at` is Unix ms by this machine's clock, later than that of every command
 * before it. `sent`: it is on its way from this page, and may be on record already. `refused`: for good.
 */
export type Waiting = { readonly id: string; readonly made_at: number } & (
  | { readonly state: "waiting" | "sent" }
  | { readonly state: "refused"; readonly refusal: Refusal }
) &
  Placed;

/** A command and where it is said: a case that is not open yet has no room. */
export type Placed =
  | { readonly room: string; readonly frame: CommandFrame }
  | { readonly room: null; readonly frame: OpenCaseCommand };

/** One person's commands, until they are on record. */
export interface Outbox {
  /**
   * Resolves once the command outlives this page; only then is it sent. Rejects with `RangeError` for one that no
   * server takes (over 64 KiB), or whose id waits already.
   */
  put(command: Command): Promise<Waiting>;

  /**
   * What is not on record of this person, from all pages of this browser, oldest first. What is acked leaves; what is
   * refused stays until `dismiss`.
   */
  readonly waiting: ReadonlySignal<readonly Waiting[]>;

  /**
   * The ids of commands that are on record, as the server told this page, or the page that sent them did. What leaves
   * `waiting` otherwise was dismissed or forgotten.
   */
  readonly recorded: ReadonlySignal<ReadonlySet<string>>;

  /** The ids of the cases that this page has opened, by the `id` of their command. */
  readonly opened: ReadonlySignal<ReadonlyMap<string, string>>;

  /** False once a command could be kept in this page's memory only: it is lost with the page. */
  readonly durable: ReadonlySignal<boolean>;

  /** The author has seen the refusal: forget the command. One that is not refused stays. */
  dismiss(id: string): Promise<void>;

  /** Forget all commands of this person, at sign-out: those not on record are lost. */
  clear(): Promise<void>;

  /** Send nothing more from this page. What waits is sent by the next one. */
  close(): Promise<void>;
}

/** Who only flags a post need not write: a viewer stays one. */
export type SeatNeeded = "any" | "writing";

/** How commands get a hearing in their room; the rooms' owner knows. */
export interface Rooms {
  /**
   * Resolves with null once there is a seat in `room` to do this from, taken for this if no view shows the room.
   * Resolves with the refusal of the seat where there will be none; the server is asked all the same, since it may
   * have the command on record. Asked again on each connection, so it may stay pending when the link goes down.
   */
  ready(room: string, needs: SeatNeeded): Promise<Refusal | null>;
}
