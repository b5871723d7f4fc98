import type { StashShelf } from "../../src/live/stash.ts";

/** A browser's storage in memory, which may refuse everything. */
export class Shelf implements StashShelf {
  readonly #kept = new Map<string, string>();
  readonly #refuses: boolean;

  constructor({ refuses = false } = {}) {
    this.#refuses = refuses;
  }

  /** All that is kept here. */
  get texts(): readonly string[] {
    return [...this.#kept.values()];
  }

  get length(): number {
    if (this.#refuses) throw new DOMException("", "SecurityError");
    return this.#kept.size;
  }

  key(n: number): string | null {
    return [...this.#kept.keys()][n] ?? null;
  }

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    if (this.#refuses) throw new DOMException("", "QuotaExceededError");
    this.#kept.set(key, text);
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }
}
