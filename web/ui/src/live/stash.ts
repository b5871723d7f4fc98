/** Commands that were made before the outbox's script was here, kept on this device until the outbox has them. */

import { batch, signal } from "@preact/signals";
import { placed } from "../wire/outbox/placed.ts";
import { plain } from "../wire/outbox/plain.ts";
import type { Command, Outbox, Waiting } from "../wire/outbox.ts";

/** What of `localStorage` is used here. */
export type StashShelf = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/** `made_at` as in `Waiting`. */
interface Stashed {
  readonly made_at: number;
  readonly command: Command;
}

export class Stash {
  /** Oldest first: this page's, and what earlier pages left. */
  readonly waiting = signal<readonly Waiting[]>([]);
  /** False where this browser keeps nothing: a command is lost with the page. */
  readonly durable = signal(true);
  readonly #prefix: string;
  readonly #shelf: () => StashShelf;
  readonly #now: () => number;
  #held: readonly Stashed[];

  /** What `person` has on `shelf`, which may refuse everything. `now`: Unix ms. */
  constructor(person: string, shelf: () => StashShelf, now: () => number) {
    this.#prefix = `curbside.stash.${person}.`;
    this.#shelf = shelf;
    this.#now = now;
    this.#held = this.#left();
    this.#show();
  }

  /** Keep it. Throws `RangeError` as an outbox's `put` rejects. */
  put(command: Command): Waiting {
    const copy = plain(command);
    if (this.#held.some((one) => one.command.id === copy.id))
      throw new RangeError(`The command ${copy.id} waits already.`);
    const stashed = { made_at: Math.max(this.#now(), (this.#held.at(-1)?.made_at ?? 0) + 1), command: copy };
    this.#held = [...this.#held, stashed];
    batch(() => {
      if (!this.#kept(stashed)) this.durable.value = false;
      this.#show();
    });
    return shown(stashed);
  }

  /** Give all of it to `outbox`, oldest first. */
  async handTo(outbox: Outbox): Promise<void> {
    for (let next = this.#held[0]; next; next = this.#held[0]) {
      // It may be there already: two pages that find the same both hand it over, and the server counts it once.
      await outbox.put(next.command).catch(() => undefined);
      this.#drop(next);
    }
    this.durable.value = true;
  }

  clear(): void {
    for (const one of [...this.#left(), ...this.#held]) this.#drop(one);
  }

  #drop({ command: { id } }: Stashed): void {
    tried(() => this.#shelf().removeItem(this.#prefix + id));
    this.#held = this.#held.filter((one) => one.command.id !== id);
    this.#show();
  }

  #show(): void {
    this.waiting.value = this.#held.map(shown);
  }

  #kept(stashed: Stashed): boolean {
    const keep = () => {
      this.#shelf().setItem(this.#prefix + stashed.command.id, JSON.stringify(stashed));
      return true;
    };
    return tried(keep) ?? false;
  }

  #left(): readonly Stashed[] {
    return tried(() => stashedOn(this.#shelf(), this.#prefix)) ?? [];
  }
}

/** Each command has a key of its own: pages do not overwrite each other's. */
function stashedOn(shelf: StashShelf, prefix: string): readonly Stashed[] {
  const keys = Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? "");
  const texts = keys.filter((key) => key.startsWith(prefix)).map((key) => shelf.getItem(key) ?? "null");
  const found = texts.map((text) => JSON.parse(text) as Stashed | null);
  return found.filter((one) => one !== null).sort((one, other) => one.made_at - other.made_at);
}

function shown({ made_at, command }: Stashed): Waiting {
  return { id: command.id, made_at, state: "waiting", ...placed(command) };
}

function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
