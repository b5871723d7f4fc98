import { type Signal, signal } from "@preact/signals";
import type { Desk } from "../../src/room/desk.ts";
import type { Herald, News } from "../../src/room/herald.ts";
import { Listed } from "../../src/room/store/listed.ts";
import { Loaded } from "../../src/room/store/loaded.ts";
import type { RoomStore, SeatState } from "../../src/room/store/store.ts";
import type { Entry } from "../../src/wire/frames.ts";

type Watch = (desk: Pick<Desk, "store" | "me" | "began">, herald: Pick<Herald, "tell">) => () => void;

const LIVE = { is: "live", as: "contribute", role: "physician" } as const;
const nothing = () => {};

/** Somebody at a room, and what they are told of what comes there. */
export class Listener {
  readonly told: string[] = [];
  end = nothing;
  #loaded = new Loaded();
  readonly #seat = signal<SeatState>(LIVE);
  readonly #plan = signal<RoomStore["plan"]["value"]>([]);
  readonly #polls = signal<RoomStore["polls"]["value"]>([]);
  readonly #timeline = signal<RoomStore["timeline"]["value"]>([]);
  readonly #began: Signal<Desk["began"]["value"]> = signal(null);

  /** They come, and all that there was is here. */
  listens(watch: Watch, person: string): void {
    const shown = { timeline: this.#timeline, plan: this.#plan, polls: this.#polls };
    const store = { seat: this.#seat, ...shown } as unknown as RoomStore;
    const herald = { tell: ({ says }: News) => this.told.push(says) };
    this.end = watch({ store, me: { person } as Desk["me"], began: this.#began }, herald);
    this.#began.value = { unread: null };
  }

  comes(...entries: readonly Entry[]): void {
    this.#loaded.take(entries, nothing, nothing);
    this.#shows();
  }

  /** A page of older events is put in front. */
  turnsBack(...page: readonly Entry[]): void {
    this.#loaded.front(page);
    this.#shows();
  }

  /** The server does not go on from what was here: it tells all of this, one frame after another. */
  beginsAnew(...frames: readonly (readonly Entry[])[]): void {
    this.#seat.value = { ...LIVE, is: "catching_up" };
    this.#loaded = new Loaded();
    for (const frame of frames) this.comes(...frame);
    this.#seat.value = LIVE;
  }

  #shows(): void {
    this.#timeline.value = [...this.#loaded.timeline.items];
    this.#polls.value = [...this.#loaded.room.polls.values()];
    this.#plan.value = new Listed().plan(this.#loaded.room);
  }
}
