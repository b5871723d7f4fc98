/** Commands on their way: of each room one at a time, in order, the same one again until it is answered for good. */

import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Api } from "../../http/api.ts";
import type { Link } from "../link.ts";
import type { Rooms } from "../outbox.ts";
import type { Surroundings } from "../surroundings.ts";
import { asCase, type Outcome, toRoom } from "./delivery.ts";
import type { Row } from "./row.ts";
import type { Shelf } from "./shelf.ts";

/** What sending needs of the rest of the page. */
export interface Outlets {
  readonly link: Link;
  readonly rooms: Rooms;
  readonly api: Api;
  readonly surroundings: Pick<Surroundings, "now" | "after" | "locks">;
}

/**
 * Of each room only the oldest command is on its way: sent before the answer, the next could overtake one that is told
 * to come back, an amendment its post, the close the last words. Cases are opened one after the other, too.
 */
export class Sending {
  /** The ids of the commands that are on their way. */
  readonly flying = signal<ReadonlySet<string>>(new Set());
  /** The cases that were opened from here, by the id of the command. */
  readonly opened = signal<ReadonlyMap<string, string>>(new Map());

  readonly #shelf: Shelf;
  readonly #outlets: Outlets;
  readonly #ended = signal(false);
  readonly #open: ReadonlySignal<boolean>;
  readonly #lanes: ReadonlySignal<Lanes>;
  readonly #running = new Set<string>();
  readonly #dispose: () => void;

  /** Sends what the page `instance` has of `person` on `shelf`, until `end`. */
  constructor(person: string, instance: string, shelf: Shelf, outlets: Outlets) {
    const { state, me } = outlets.link;
    this.#shelf = shelf;
    this.#outlets = outlets;
    this.#open = computed(() => !this.#ended.value && state.value.is === "up" && me.value?.person === person);
    this.#lanes = computed(() => lanesOf(shelf.rows.value.filter((row) => row.instance === instance && !row.refusal)));
    this.#dispose = effect(() => {
      const lanes = [...this.#lanes.value.keys()];
      if (this.#open.value) untracked(() => lanes.forEach((lane) => void this.#run(lane)));
    });
  }

  end(): void {
    this.#dispose();
    this.#ended.value = true;
  }

  async #run(lane: string): Promise<void> {
    if (this.#running.has(lane)) return;
    this.#running.add(lane);
    const next = () => (this.#open.peek() ? this.#lanes.peek().get(lane)?.[0] : undefined);
    try {
      for (let row = next(); row; row = next()) if (!(await this.#send(row))) return;
    } finally {
      this.#running.delete(lane);
    }
  }

  /** Whether there still was a connection in the end. */
  async #send({ id, command }: Row): Promise<boolean> {
    const { link, rooms, api } = this.#outlets;
    if (command.t === "open_case") return this.#settle(id, () => asCase(api, command));
    const shut = await this.#whileOpen(rooms.ready(command.room, command.t === "flag" ? "any" : "writing"));
    return shut !== undefined && this.#settle(id, () => toRoom(link, command, shut));
  }

  async #settle(id: string, deliver: () => Promise<Outcome>): Promise<boolean> {
    this.flying.value = new Set([...this.flying.value, id]);
    const outcome = await deliver();
    if (outcome.is === "opened") this.opened.value = new Map([...this.opened.value, [id, outcome.room]]);
    if (outcome.is === "opened" || outcome.is === "on_record") await this.#shelf.record(id);
    if (outcome.is === "refused") await this.#shelf.refuse(id, outcome.refusal);
    this.flying.value = new Set([...this.flying.value].filter((other) => other !== id));
    if (outcome.is === "later") await this.#whileOpen(this.#passed(outcome.after_ms));
    return outcome.is !== "away";
  }

  #passed(ms: number): Promise<void> {
    return new Promise((passed) => this.#outlets.surroundings.after(ms, passed));
  }

  /** What `work` comes to, or undefined where the connection ends before. */
  #whileOpen<T>(work: Promise<T>): Promise<T | undefined> {
    let stop = () => {};
    const gone = new Promise<undefined>((end) => {
      stop = this.#open.subscribe((open) => open || end(undefined));
    });
    return Promise.race([work, gone]).finally(stop);
  }
}

type Lanes = ReadonlyMap<string, readonly Row[]>;

/** The rows of each room, oldest first; the cases that are to be opened are a lane of their own. */
function lanesOf(rows: readonly Row[]): Lanes {
  const lanes = new Map<string, Row[]>();
  for (const row of rows) {
    const lane = row.command.t === "open_case" ? "" : row.command.room;
    lanes.set(lane, [...(lanes.get(lane) ?? []), row]);
  }
  return lanes;
}
