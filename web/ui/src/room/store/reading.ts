import type { Entry } from "../../wire/frames.ts";
import type { Memory } from "./memory.ts";
import type { Unread } from "./store.ts";

/** How far one person has read in one room, and what is new to them. */
export class Reading {
  readonly #memory: Memory;
  readonly #key: string;
  #seen: number | null;
  #line = 0;
  #news: number[] = [];
  #concerns: { readonly seq: number; readonly id: string }[] = [];

  constructor(memory: Memory, key: string) {
    this.#memory = memory;
    this.#key = key;
    const kept = Number.parseInt(memory.get(key) ?? "", 10);
    this.#seen = Number.isNaN(kept) ? null : kept;
    this.visit();
  }

  /** The room is at `seq`, and its log is about to come. To who was never here nothing is new, since everything is. */
  begin(seq: number): void {
    if (this.#seen === null) this.#memory.set(this.#key, String(seq));
    this.#seen = Math.min(this.#seen ?? seq, seq);
    this.#line = Math.min(this.#line || this.#seen, seq);
    this.#news = [];
    this.#concerns = [];
  }

  /** Take an event of somebody else; `concerning` is the post to look at, if any. */
  take(entry: Entry, concerning: string | null): void {
    if (this.#seen === null || entry.seq <= this.#seen) return;
    if (entry.kind === "post") this.#news.push(entry.seq);
    if (concerning !== null) this.#concerns.push({ seq: entry.seq, id: concerning });
  }

  /** One has read up to `seq`. Whether that is further than before. */
  saw(seq: number): boolean {
    if (this.#seen === null || seq <= this.#seen) return false;
    this.#seen = seq;
    this.#news = this.#news.filter((news) => news > seq);
    this.#concerns = this.#concerns.filter((news) => news.seq > seq);
    this.#memory.set(this.#key, String(seq));
    return true;
  }

  /** The unread line goes to where one has read. */
  visit(): void {
    this.#line = this.#seen ?? 0;
  }

  /** What is new, of a room of which the events from `first` on are loaded. */
  unread(first: number): Unread {
    const concerns = this.#concerns.toSorted((one, other) => one.seq - other.seq);
    return {
      after: this.#line,
      count: this.#news.length,
      at_least: (this.#seen ?? 0) + 1 < first,
      concerning: [...new Set(concerns.map(({ id }) => id))],
    };
  }
}
