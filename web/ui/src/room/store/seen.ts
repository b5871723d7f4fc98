const SELDOM_MS = 1_000;

/** Tells the others how far one has read, at most once a second. `tell` says whether it could. */
export class SeenTeller {
  readonly #tell: (seq: number) => boolean;
  #seen = 0;
  #told = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (seq: number) => boolean) {
    this.#tell = tell;
  }

  saw(seq: number): void {
    this.#seen = Math.max(this.#seen, seq);
    if (this.#pause === undefined) this.#speak();
  }

  /** A new seat knows nothing of what one has read; its room is at `seq`. */
  again(seq: number): void {
    this.#told = 0;
    this.#seen = Math.min(this.#seen, seq);
    if (this.#pause === undefined) this.#speak();
  }

  stop(): void {
    clearTimeout(this.#pause);
  }

  #speak(): void {
    this.#pause = undefined;
    if (this.#seen <= this.#told || !this.#tell(this.#seen)) return;
    this.#told = this.#seen;
    this.#pause = setTimeout(() => this.#speak(), SELDOM_MS);
  }
}
