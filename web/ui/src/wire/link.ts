/** What the one connection of a page promises to those who use it. `reconnecting.ts` keeps the promise. */

import type { ReadonlySignal } from "@preact/signals";
import type {
  Ack,
  ClientFrame,
  Health,
  Join,
  Joined,
  Leave,
  Left,
  Limits,
  Me,
  Noticed,
  Ping,
  Seen,
  ServerFrame,
  Typing,
} from "./frames.ts";

/** Times are Unix ms of this machine's clock. `attempt` counts from 0 since the last connection that held. */
export type LinkState =
  | { readonly is: "connecting"; readonly attempt: number }
  | { readonly is: "up" }
  | { readonly is: "waiting"; readonly retry_at: number }
  | { readonly is: "offline" }
  | { readonly is: "ended"; readonly why: EndedWhy };

/**
 * `signed_out`: the sign-in is over, or this browser is signed in as somebody else now. `withdrawn`: do not come back.
 * `outdated`: this page and the server do not speak the same protocol; load the page again.
 */
export type EndedWhy = "signed_out" | "withdrawn" | "outdated";

export type HealthState = Pick<Health, "journal" | "backplane">;

/** The frames that get no answer. */
export type Signal = Typing | Seen | Noticed;

/** The frames that get exactly one answer, by their `id`. */
export type Question = Exclude<ClientFrame, Signal | Ping>;

export type AnswerTo<Q extends Question> = Q extends Join ? Joined : Q extends Leave ? Left : Ack;

/**
 * One WebSocket for the page, kept up until `close`. While `state` is not `up`, nothing is sent: whoever wants to be
 * heard asks again on the next connection, by watching `state`.
 */
export interface Link {
  readonly state: ReadonlySignal<LinkState>;

  /** Whom the server takes this page for: from the first `welcome` on the same person, whose tier may change. */
  readonly me: ReadonlySignal<Me | null>;

  readonly health: ReadonlySignal<HealthState>;

  /** From the last `welcome`. */
  readonly limits: ReadonlySignal<Limits | null>;

  /** The server's time, Unix ms; this machine's until the server has said it. */
  now(): number;

  /** How long an answer is on its way at least, ms, as far as this connection has shown. */
  round_trip_ms(): number;

  /**
   * Tell `take` every frame, answers too, in the order of their coming and after the signals above know of it.
   * A `joined` is told here before the promise of its `request` is through. Returns what ends it.
   */
  listen(take: (frame: ServerFrame) => void): () => void;

  /** The answer to `frame`. Rejects with `Refused`, or with `Down` where the connection is away before the answer. */
  request<Q extends Question>(frame: Q): Promise<AnswerTo<Q>>;

  /** Whether the signal went out; while there is no connection it is dropped. */
  send(signal: Signal): boolean;

  /** Try now, whatever the state; after `ended` as well, for someone who has signed in again. */
  retryNow(): void;

  /** Give the connection back for good. `state` stays what it was. */
  close(): void;
}
