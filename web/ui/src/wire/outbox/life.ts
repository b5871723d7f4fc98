/** How the pages of a browser know which of them still live, so that the words of one that died are not forgotten. */

import type { Surroundings } from "../surroundings.ts";
import { Lease } from "./lease.ts";
import type { Leases } from "./row.ts";

/** The life of the page that is called `instance`. */
export interface Life {
  /** Resolves once the other pages can see that this one lives. */
  begin(): Promise<void>;
  /** Resolves once the page `other` is no more; may stay pending for good after `end`. */
  outlived(other: string): Promise<void>;
  end(): Promise<void>;
}

/** By the browser's own locks, which die with their page; where it has none, by leases that have to be renewed. */
export function lifeOf(instance: string, surroundings: LifeSurroundings, leases: Leases): Life {
  const { locks } = surroundings;
  return locks ? new Locked(instance, locks) : new Lease(instance, surroundings, leases);
}

export type LifeSurroundings = Pick<Surroundings, "now" | "after" | "locks">;

class Locked implements Life {
  readonly #instance: string;
  readonly #locks: Pick<LockManager, "request">;
  readonly #over = new AbortController();

  constructor(instance: string, locks: Pick<LockManager, "request">) {
    this.#instance = instance;
    this.#locks = locks;
  }

  begin(): Promise<void> {
    const { signal } = this.#over;
    return new Promise((begun) => {
      const ended = new Promise<void>((end) => signal.addEventListener("abort", () => end()));
      const held = () => {
        begun();
        return ended;
      };
      // Taken for dead while it lives, it shares its commands with another page, which their ids make harmless.
      this.#locks.request(lock(this.#instance), held).catch(begun);
    });
  }

  async outlived(other: string): Promise<void> {
    await this.#locks.request(lock(other), { signal: this.#over.signal }, () => {});
  }

  async end(): Promise<void> {
    this.#over.abort();
  }
}

function lock(instance: string): string {
  return `curbside.outbox.${instance}`;
}
