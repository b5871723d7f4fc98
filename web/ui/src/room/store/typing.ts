/** The server ends it after so long as well; this is for where its word does not come. */
const LASTS_MS = 6_000;
const RENEWED_MS = 3_000;

/** Who of the others is typing. It ends by itself. */
export class TypingBoard {
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** In the order in which they began. */
  get who(): readonly string[] {
    return [...this.#ends.keys()];
  }

  set(person: string, on: boolean): void {
    const running = this.#ends.get(person);
    clearTimeout(running);
    if (on)
      this.#ends.set(
        person,
        setTimeout(() => this.set(person, false), LASTS_MS),
      );
    else this.#ends.delete(person);
    if (on !== (running !== undefined)) this.#changed();
  }

  clear(): void {
    for (const person of this.who) this.set(person, false);
  }
}

/** Tells the others that one is typing, as seldom as is enough. */
export class OwnTyping {
  #told_at = Number.NEGATIVE_INFINITY;
  readonly #tell: (on: boolean) => boolean;

  constructor(tell: (on: boolean) => boolean) {
    this.#tell = tell;
  }

  /** Call it with each keystroke; it renews itself no more often than every 3 s. */
  on(now_ms: number): void {
    if (now_ms - this.#told_at >= RENEWED_MS && this.#tell(true)) this.#told_at = now_ms;
  }

  off(now_ms: number): void {
    if (now_ms - this.#told_at < LASTS_MS) this.#tell(false);
    this.#told_at = Number.NEGATIVE_INFINITY;
  }
}
