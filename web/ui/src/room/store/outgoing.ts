import type { Item, Sending } from "./item.ts";
import type { Command } from "./store.ts";

type Departing = Extract<Item, { is: "sending" }>;

/** The posts on their way, oldest first, each until its event has come or its author has seen why it never will. */
export class Outgoing {
  #items: readonly Departing[] = [];

  get items(): readonly Departing[] {
    return this.#items;
  }

  /** Take what the outbox holds for this room. Of what left it, only what is `recorded` stays until its event has come. */
  take(waiting: readonly Command[], recorded: ReadonlySet<string>, arrived: (id: string) => boolean): void {
    const held = new Set(waiting.map(({ id }) => id));
    const acked = this.#items.filter(({ key }) => !held.has(key) && recorded.has(key)).map(onRecord);
    const now = waiting.flatMap(departing).map((item) => this.#same(item));
    const both = [...acked, ...now].filter(({ key }) => !arrived(key));
    this.#items = both.toSorted((one, other) => one.waiting.made_at - other.waiting.made_at);
  }

  /** The event of a post has come. */
  drop(id: string): void {
    this.#items = this.#items.filter(({ key }) => key !== id);
  }

  /** All that is on record has come: what is said to be and did not come never will. */
  dropAcked(): void {
    this.#items = this.#items.filter(({ waiting }) => waiting.state !== "acked");
  }

  #same(item: Departing): Departing {
    const known = this.#items.find(({ key }) => key === item.key);
    return known?.waiting.state === item.waiting.state ? known : item;
  }
}

function departing(command: Command): Departing[] {
  const { id, made_at, frame, state } = command;
  if (frame.t !== "post") return [];
  const refusal = command.state === "refused" ? command.refusal : undefined;
  return [shown({ id, made_at, frame, state, refusal })];
}

function onRecord(item: Departing): Departing {
  return item.waiting.state === "acked" ? item : shown({ ...item.waiting, state: "acked" });
}

function shown(waiting: Sending): Departing {
  return { is: "sending", key: waiting.id, waiting };
}
