import type { Provisional } from "../../wire/frames.ts";
import type { Item, Unrecorded } from "./item.ts";

type Recorded = Exclude<Item, { is: "sending" | "unrecorded" }>;
type Sending = Extract<Item, { is: "sending" }>;
type Hoped = Extract<Item, { is: "unrecorded" }>;

const LASTS_MS = 60_000;

/** What others say while nothing can be put on record. It stays; what nobody renews for a minute never was recorded. */
export class Provisionals {
  readonly #items = new Map<string, Hoped>();
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** In the order in which they were first said. */
  get items(): readonly Hoped[] {
    return [...this.#items.values()];
  }

  /** Take what the server says of one. `after` is the newest `seq` that is here, `now_ms` the time by this machine. */
  take({ id, by, kind, text, gone }: Provisional, after: number, now_ms: number): void {
    if (gone) {
      this.drop(id);
      return;
    }
    this.#hope(id);
    const first = this.#items.get(id)?.said ?? { said_at: now_ms, after };
    this.#set({ id, by, kind, text, said_at: first.said_at, after: first.after, never: false });
  }

  /** Its event has come, or never will: it was refused or taken back. */
  drop(id: string): void {
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
    if (this.#items.delete(id)) this.#changed();
  }

  /** The connection is gone: nobody can be heard renewing anything. */
  away(): void {
    for (const end of this.#ends.values()) clearTimeout(end);
  }

  /** One is back, and has all that was recorded meanwhile. */
  back(): void {
    for (const id of this.#ends.keys()) this.#hope(id);
  }

  #hope(id: string): void {
    clearTimeout(this.#ends.get(id));
    this.#ends.set(
      id,
      setTimeout(() => this.#giveUp(id), LASTS_MS),
    );
  }

  #giveUp(id: string): void {
    this.#ends.delete(id);
    const item = this.#items.get(id);
    if (item) this.#set({ ...item.said, never: true });
  }

  #set(said: Unrecorded): void {
    const shown = this.#items.get(said.id)?.said;
    if (shown?.text === said.text && shown.never === said.never) return;
    this.#items.set(said.id, { is: "unrecorded", key: said.id, said });
    this.#changed();
  }
}

/**
 * The timeline of all there is: what is on record, among it what never was, each at the place where it was said; at the
 * end what may be yet, one's own and that of others, in the order in which it was said.
 */
export function together(recorded: readonly Recorded[], said: readonly Hoped[], sending: readonly Sending[]): Item[] {
  if (said.length === 0) return [...recorded, ...sending];
  const own = new Set(sending.map(({ key }) => key));
  const others = said.filter(({ key }) => !own.has(key));
  const items: Item[] = [...recorded];
  for (const item of others) if (item.said.never) items.splice(placeOf(item, items), 0, item);
  const hoped: (Hoped | Sending)[] = [...others.filter((item) => !item.said.never), ...sending];
  return [...items, ...hoped.toSorted((one, other) => saidAt(one) - saidAt(other))];
}

/** After all that was on record when it was said, and what had been said by then. */
function placeOf({ said: { after } }: Hoped, items: readonly Item[]): number {
  return items.findLastIndex((item) => seqOf(item) <= after) + 1;
}

function seqOf(item: Item): number {
  if (item.is === "post") return item.post.seq;
  if (item.is === "note") return item.entry.seq;
  return item.is === "unrecorded" ? item.said.after : Number.POSITIVE_INFINITY;
}

function saidAt(item: Hoped | Sending): number {
  return item.is === "sending" ? item.waiting.made_at : item.said.said_at;
}
