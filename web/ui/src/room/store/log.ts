import type { Entry } from "../../wire/frames.ts";

/** A place in a room's log: the last `seq` that one holds, and the hash chain there. */
export interface Position {
  readonly after: number;
  readonly check: string;
}

interface Mark {
  readonly id: string;
  readonly check: string;
}

/** What arrived of the log: the entries that are new, in order, and whether one was missing after them. */
export interface Arrival {
  readonly fresh: readonly Entry[];
  readonly hole: boolean;
}

/** The part of a room's log that a client holds: all events from `first` to `seq`. Until the first came both are 0. */
export class Log {
  first = 0;
  seq = 0;
  #marks: Mark[] = [];

  /** From where the server is to go on; null where nothing is held. */
  get position(): Position | null {
    const last = this.#marks.at(-1);
    return last === undefined ? null : { after: this.seq, check: last.check };
  }

  /** The id and the check of an event that is held. */
  at(seq: number): Mark | undefined {
    return this.#marks[seq - this.first];
  }

  /** Take what comes after all that is held. What is held already is passed over. */
  take(entries: readonly Entry[]): Arrival {
    const fresh: Entry[] = [];
    for (const entry of entries) {
      if (this.first === 0) this.first = entry.seq;
      else if (entry.seq <= this.seq) continue;
      else if (entry.seq !== this.seq + 1) return { fresh, hole: true };
      this.seq = entry.seq;
      this.#marks.push({ id: entry.id, check: entry.check });
      fresh.push(entry);
    }
    return { fresh, hole: false };
  }

  /** Put a page before what is held. Throws `RangeError` where it does not end there, or has holes itself. */
  front(page: readonly Entry[]): void {
    const from = this.first - page.length;
    if (page.some((entry, n) => entry.seq !== from + n)) throw new RangeError("the page does not end where it should");
    this.#marks = [...page.map(({ id, check }) => ({ id, check })), ...this.#marks];
    this.first = from;
  }
}

/** What a log that replaces another says of it. `shared`: the last `seq` at which both agree, 0 where none is known. */
export interface Comparison {
  readonly shared: number;
  /** The ids of events that the earlier log had and the later one has not. Before both begin nothing is known. */
  readonly lost: readonly string[];
}

/** Compare the log that was held with the one that the server has instead. */
export function compared(earlier: Log, later: Log): Comparison {
  const shared = lastShared(earlier, later);
  const kept = new Set(ids(later, shared + 1));
  return { shared, lost: ids(earlier, Math.max(shared + 1, later.first)).filter((id) => !kept.has(id)) };
}

/** Equal checks at one place mean equal logs up to there. */
function lastShared(earlier: Log, later: Log): number {
  for (let seq = Math.min(earlier.seq, later.seq); seq >= Math.max(earlier.first, later.first, 1); seq--) {
    if (earlier.at(seq)?.check === later.at(seq)?.check) return seq;
  }
  return 0;
}

function ids(log: Log, from: number): string[] {
  const found: string[] = [];
  for (let seq = Math.max(from, log.first); seq <= log.seq; seq++) found.push(log.at(seq)?.id ?? "");
  return found;
}
