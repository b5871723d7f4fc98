/** One person's rows as they are now, whatever the disk does: what it does not take is held here and tried again. */

import { batch, signal } from "@preact/signals";
import type { Refusal } from "../refusals.ts";
import type { Disk, Row } from "./row.ts";

type Rows = Map<string, Row>;

/** Something to be done to the rows, here and on the disk. Changes of one `subject` keep their order. */
interface Change {
  readonly subject: string;
  apply(rows: Rows): void;
  write(disk: Disk): Promise<void>;
}

/** What other pages are told: to look again, or the id of a command that is on record. */
export type Tell = (recorded?: string) => void;

/** Every change resolves once it is on the disk and in `rows`; where the disk fails, once it is in `rows` alone. */
export class Shelf {
  /** Oldest first, from all pages. */
  readonly rows = signal<readonly Row[]>([]);
  /** Whether the disk has all of them. */
  readonly durable = signal(true);
  /** The ids of the commands that are known to be on record. */
  readonly recorded = signal<ReadonlySet<string>>(new Set());

  readonly #person: string;
  readonly #disk: Disk;
  readonly #tell: Tell;
  #owed: readonly Change[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(person: string, disk: Disk, tell: Tell) {
    this.#person = person;
    this.#disk = disk;
    this.#tell = tell;
  }

  add(row: Row): Promise<void> {
    return this.#change({
      subject: row.id,
      apply: (rows) => rows.set(row.id, row),
      write: (disk) => disk.add(row),
    });
  }

  refuse(id: string, refusal: Refusal): Promise<void> {
    return this.#change({
      subject: id,
      apply: (rows) => {
        const row = rows.get(id);
        if (row) rows.set(id, { ...row, refusal });
      },
      write: (disk) => disk.refuse(id, refusal),
    });
  }

  remove(id: string): Promise<void> {
    return this.#change({
      subject: id,
      apply: (rows) => rows.delete(id),
      write: (disk) => disk.remove(id),
    });
  }

  /** It is on record, and goes. That is told first: a row that only goes may have been forgotten. */
  record(id: string): Promise<void> {
    this.heard(id);
    this.#tell(id);
    return this.remove(id);
  }

  /** It is on record. */
  heard(id: string): void {
    this.recorded.value = new Set([...this.recorded.value, id]);
  }

  adopt(from: string, to: string): Promise<void> {
    return this.#change({
      subject: from,
      apply: (rows) => {
        for (const row of rows.values()) if (row.instance === from) rows.set(row.id, { ...row, instance: to });
      },
      write: (disk) => disk.adopt(this.#person, from, to),
    });
  }

  clear(): Promise<void> {
    this.#owed = [];
    return this.#change({
      subject: this.#person,
      apply: (rows) => rows.clear(),
      write: (disk) => disk.clear(this.#person),
    });
  }

  /** Look what other pages did, and try again what the disk did not take. */
  look(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#settle());
    return this.#turn;
  }

  async #change(change: Change): Promise<void> {
    this.#owed = [...this.#owed, change];
    await this.look();
    this.#tell();
  }

  async #settle(): Promise<void> {
    const expected = applied(this.rows.value, this.#owed);
    await this.#pay();
    const kept = await this.#disk.of(this.#person).catch(() => null);
    const rows = kept ? applied(kept, this.#owed) : expected;
    const on_disk = new Set(kept?.map(({ id }) => id));
    batch(() => {
      this.durable.value = rows.every(({ id }) => on_disk.has(id));
      if (!same(rows, this.rows.value)) this.rows.value = rows;
    });
  }

  async #pay(): Promise<void> {
    const stuck = new Set<string>();
    for (const change of this.#owed) {
      // Done out of turn, a `clear` would take what came after it.
      const waits = stuck.has(change.subject) || stuck.has(this.#person);
      const written = !waits && (await change.write(this.#disk).then(yes, no));
      if (written) this.#owed = this.#owed.filter((owed) => owed !== change);
      else stuck.add(change.subject);
    }
  }
}

const yes = () => true;
const no = () => false;

function applied(kept: readonly Row[], changes: readonly Change[]): readonly Row[] {
  const rows = new Map(kept.map((row) => [row.id, row]));
  for (const change of changes) change.apply(rows);
  return [...rows.values()].sort((a, b) => a.made_at - b.made_at || (a.id < b.id ? -1 : 1));
}

function same(some: readonly Row[], others: readonly Row[]): boolean {
  const equal = (row: Row, other: Row | undefined) =>
    row.id === other?.id && row.instance === other.instance && !row.refusal === !other.refusal;
  return some.length === others.length && some.every((row, n) => equal(row, others[n]));
}
