/** How long to stay away after a connection was lost. */

const BASE_MS = 250;
const CAP_MS = 30_000;
/** Even the luckiest draw is no hot loop. */
const FLOOR_MS = 100;

/**
 * Full jitter: any time between nothing and a bound that doubles with each try. The whole range is drawn from because
 * the thousands who lost the same node must not come back together.
 */
export class Backoff {
  readonly #random: () => number;
  #tries = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** How many delays were drawn since the last connection that held. */
  get tries(): number {
    return this.#tries;
  }

  /** Milliseconds until the next try. */
  delay_ms(): number {
    const bound_ms = Math.min(CAP_MS, BASE_MS * 2 ** this.#tries);
    this.#tries += 1;
    return Math.max(FLOOR_MS, Math.round(this.#random() * bound_ms));
  }

  /** A connection held: the next loss is a first one. */
  reset(): void {
    this.#tries = 0;
  }
}
