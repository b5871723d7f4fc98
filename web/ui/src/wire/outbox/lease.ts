/** A page's life where the browser has no locks: a time in the outbox's database, put off again and again. */

import type { Life, LifeSurroundings } from "./life.ts";
import type { Leases } from "./row.ts";

const RENEWED_EVERY_MS = 2_000;
const LEASE_MS = 10_000;

/**
 * A page whose timers the browser holds back for longer than a lease is taken for dead. Then two pages send the same
 * commands, which their ids make harmless.
 */
export class Lease implements Life {
  readonly #instance: string;
  readonly #surroundings: Pick<LifeSurroundings, "now" | "after">;
  readonly #leases: Leases;
  #over = false;

  constructor(instance: string, surroundings: Pick<LifeSurroundings, "now" | "after">, leases: Leases) {
    this.#instance = instance;
    this.#surroundings = surroundings;
    this.#leases = leases;
  }

  async begin(): Promise<void> {
    if (this.#over) return;
    const until = this.#surroundings.now() + LEASE_MS;
    // Where the database does not take this, it takes no commands either that another page could adopt.
    await this.#leases.renew(this.#instance, until).catch(() => {});
    this.#surroundings.after(RENEWED_EVERY_MS, () => void this.begin());
  }

  async outlived(other: string): Promise<void> {
    const now = this.#surroundings.now();
    // A database that does not answer just now says nothing of the other page.
    const until = await this.#leases.until(other).catch(() => now + RENEWED_EVERY_MS);
    const left_ms = until - now;
    if (left_ms < 0) return;
    await new Promise<void>((passed) => this.#surroundings.after(left_ms + 1, passed));
    await this.outlived(other);
  }

  async end(): Promise<void> {
    this.#over = true;
    await this.#leases.release(this.#instance).catch(() => {});
  }
}
