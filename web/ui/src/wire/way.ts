/** Which line to take: a WebSocket, or an event stream where the network has shown that it lets no WebSocket pass. */

import type { Surroundings } from "./surroundings.ts";

/** Failures in a row, while the server answers otherwise, that are no accident. */
const MOST_FAILURES = 2;
/** After so long a WebSocket is tried again, at the next connection: the network may be another one. */
const STREAMED_MS = 600_000;
/** early.ts reads it too. */
export const STREAMS_UNTIL = "curbside_streams_until";

export class Way {
  readonly #surroundings: Pick<Surroundings, "now" | "session">;
  #failures = 0;
  #streams = false;
  /** Until when streams are taken, Unix ms; the next page of this tab goes on so. */
  #until: number;

  constructor(surroundings: Pick<Surroundings, "now" | "session">) {
    this.#surroundings = surroundings;
    this.#until = Number(surroundings.session?.getItem(STREAMS_UNTIL));
  }

  /** Whether the line that is opened now is a stream. */
  choose(): boolean {
    this.#streams = this.#until > this.#surroundings.now();
    return this.#streams;
  }

  /** The server greeted us over the line that was chosen. */
  greeted(): void {
    if (!this.#streams) this.#failures = 0;
  }

  /** The line that was chosen led to no greeting, though the server answers and knows us. */
  failed(): void {
    this.#failures = this.#streams ? MOST_FAILURES - 1 : this.#failures + 1;
    this.#until = this.#failures < MOST_FAILURES ? 0 : this.#surroundings.now() + STREAMED_MS;
    this.#surroundings.session?.setItem(STREAMS_UNTIL, String(this.#until));
  }
}
