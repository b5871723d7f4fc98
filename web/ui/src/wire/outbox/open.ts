/** The outbox of one person on one page: what is kept, what is sent, and what dead pages left. */

import { computed, type ReadonlySignal } from "@preact/signals";
import { newId } from "../ids.ts";
import type { Command, Outbox, Waiting } from "../outbox.ts";
import { inherit } from "./heirs.ts";
import { IndexedDisk } from "./indexed.ts";
import { type Life, lifeOf } from "./life.ts";
import { placed } from "./placed.ts";
import { plain } from "./plain.ts";
import type { Row } from "./row.ts";
import { type Outlets, Sending } from "./sending.ts";
import { Shelf } from "./shelf.ts";

const LOOKED_EVERY_MS = 5_000;

/** What pages tell each other: that one is on record, or that there is something to look at. */
interface Told {
  readonly recorded?: string;
}

/** The outbox of `person`, on whose behalf alone it sends. What earlier pages left is in it at once, or a moment later. */
export function openOutbox(person: string, outlets: Outlets): Outbox {
  return new PersonsOutbox(person, outlets);
}

class PersonsOutbox implements Outbox {
  readonly waiting: ReadonlySignal<readonly Waiting[]>;
  readonly recorded: ReadonlySignal<ReadonlySet<string>>;
  readonly opened: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly durable: ReadonlySignal<boolean>;

  readonly #person: string;
  readonly #instance = newId();
  readonly #surroundings: Outlets["surroundings"];
  readonly #disk = new IndexedDisk();
  readonly #channel = new BroadcastChannel("curbside.outbox");
  readonly #shelf: Shelf;
  readonly #life: Life;
  readonly #sending: Sending;
  readonly #disown: () => void;
  readonly #begun: Promise<unknown>;
  readonly #putting = new Set<string>();
  #last_made_at = 0;
  #over = false;

  constructor(person: string, outlets: Outlets) {
    this.#person = person;
    this.#surroundings = outlets.surroundings;
    this.#shelf = new Shelf(person, this.#disk, (recorded) => this.#over || this.#channel.postMessage({ recorded }));
    this.#life = lifeOf(this.#instance, outlets.surroundings, this.#disk);
    this.#sending = new Sending(person, this.#instance, this.#shelf, outlets);
    this.#disown = inherit(this.#instance, this.#shelf, this.#life);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Told>) => this.#told(data));
    this.#begun = Promise.all([this.#life.begin(), this.#watch()]);
    this.waiting = computed(() => this.#shelf.rows.value.map((row) => seen(row, this.#sending.flying.value)));
    this.recorded = this.#shelf.recorded;
    this.opened = this.#sending.opened;
    this.durable = this.#shelf.durable;
  }

  async put(command: Command): Promise<Waiting> {
    const { id } = command;
    if (this.#putting.has(id)) throw waitsAlready(id);
    this.#putting.add(id);
    try {
      const copy = plain(command);
      await this.#begun;
      return await this.#kept(copy);
    } finally {
      this.#putting.delete(id);
    }
  }

  async dismiss(id: string): Promise<void> {
    if (this.#shelf.rows.value.some((row) => row.id === id && row.refusal)) await this.#shelf.remove(id);
  }

  clear(): Promise<void> {
    return this.#shelf.clear();
  }

  async close(): Promise<void> {
    this.#over = true;
    this.#sending.end();
    this.#disown();
    this.#channel.close();
    await this.#shelf.look();
    await this.#life.end();
    await this.#disk.close();
  }

  #told({ recorded }: Told): void {
    if (recorded) this.#shelf.heard(recorded);
    else void this.#shelf.look();
  }

  async #kept(command: Command): Promise<Waiting> {
    const rows = this.#shelf.rows.value;
    if (rows.some(({ id }) => id === command.id)) throw waitsAlready(command.id);
    const row = { id: command.id, person: this.#person, instance: this.#instance, made_at: this.#later(rows), command };
    await this.#shelf.add(row);
    return seen(row, new Set());
  }

  /** Now, or just after the newest command: the order does not hang on a clock that may go back. */
  #later(rows: readonly Row[]): number {
    const newest = Math.max(this.#last_made_at, ...rows.map(({ made_at }) => made_at));
    this.#last_made_at = Math.max(this.#surroundings.now(), newest + 1);
    return this.#last_made_at;
  }

  /** Other pages may forget to tell, and so may the disk. */
  async #watch(): Promise<void> {
    if (this.#over) return;
    await this.#shelf.look();
    this.#surroundings.after(LOOKED_EVERY_MS, () => void this.#watch());
  }
}

function seen({ id, made_at, command, refusal }: Row, flying: ReadonlySet<string>): Waiting {
  if (refusal) return { id, made_at, ...placed(command), state: "refused", refusal };
  return { id, made_at, ...placed(command), state: flying.has(id) ? "sent" : "waiting" };
}

function waitsAlready(id: string): RangeError {
  return new RangeError(`The command ${id} waits already.`);
}
