/** The server's time, from what it said it was and how long the saying may have taken. */

const MOST_SAMPLES = 8;

interface Sample {
  readonly offset_ms: number;
  readonly round_trip_ms: number;
}

/** Off by at most half of the shortest of the last eight round trips. All times are Unix ms. */
export class ServerClock {
  readonly #local: () => number;
  #samples: readonly Sample[] = [];

  constructor(local: () => number) {
    this.#local = local;
  }

  /** The server's time; this machine's before the server has said it. */
  now(): number {
    const best = this.#samples.reduce(
      (best, sample) => (sample.round_trip_ms < best.round_trip_ms ? sample : best),
      NONE,
    );
    return this.#local() + Math.round(best.offset_ms);
  }

  /** The shortest of the last eight round trips, ms; 0 where there was none yet. */
  get round_trip_ms(): number {
    return this.#samples.length > 0 ? Math.min(...this.#samples.map((sample) => sample.round_trip_ms)) : 0;
  }

  /** The server said that it was `time`, asked at `asked_at` of this machine's clock. */
  heard(time: number, asked_at: number): void {
    const round_trip_ms = Math.max(0, this.#local() - asked_at);
    const offset_ms = time + round_trip_ms / 2 - this.#local();
    this.#samples = [...this.#samples, { offset_ms, round_trip_ms }].slice(-MOST_SAMPLES);
  }

  /** A new connection: this machine may have slept, or been set to another time, since the last. */
  restart(): void {
    this.#samples = [];
  }
}

const NONE: Sample = { offset_ms: 0, round_trip_ms: Number.POSITIVE_INFINITY };
