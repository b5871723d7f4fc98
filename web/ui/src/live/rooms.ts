import { untracked } from "@preact/signals";
import type { As, SeatFrame } from "../room/store/open.ts";
import type { Around } from "../room/store/ports.ts";
import type { RoomStore } from "../room/store/store.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";
import type { Rooms, SeatNeeded } from "../wire/outbox.ts";
import type { Refusal } from "../wire/refusals.ts";
import { Linger } from "./linger.ts";
import type { Ready, Seating } from "./seating.ts";

const LINGERS_MS = 30_000;

type Maker = typeof import("./seated.ts").seated;

let maker: Maker | undefined;

/** Fetch what rooms are made of. Until then there can be none. */
export async function prepareRooms(): Promise<void> {
  maker ??= await import("./seated.ts").then((file) => file.seated);
}

/** The rooms that are open on this page: those that views show, those they have just left, those to be written to. */
export class OpenRooms implements Rooms {
  readonly #link: Link;
  readonly #around: Around;
  readonly #second: () => Link;
  readonly #seatings = new Map<string, Seating>();
  readonly #linger = new Linger(LINGERS_MS);
  readonly #unheed: readonly (() => void)[];

  /** `second` opens a further connection, for a seat that is behind. */
  constructor(link: Link, around: Around, second: () => Link) {
    this.#second = second;
    this.#link = link;
    this.#around = around;
    this.#unheed = [
      link.listen((frame) => this.#received(frame)),
      link.state.subscribe(({ is }) => {
        if (is !== "up") this.#away();
      }),
    ];
  }

  /** The room, its seat asked for. It may be called while a view is made, once rooms are prepared. */
  room(id: string, as?: As): RoomStore {
    this.#linger.hold(id);
    const seating = this.#seatings.get(id) ?? this.#open(id, as);
    untracked(() => seating.wanted(as));
    return seating.room;
  }

  /** No view shows it any more. Its seat is given back in a while, once nothing waits to be said there. */
  forget(id: string): void {
    if (!this.#seatings.has(id)) return;
    this.#linger.letGo(
      id,
      () => this.#around.outbox.waiting.value.some(({ room, state }) => room === id && state !== "refused"),
      () => this.#close(id),
    );
  }

  ready(room: string, needs: SeatNeeded): Promise<Refusal | null> {
    // Where it cannot be fetched the line is bad: on the next connection it is tried again.
    if (!maker)
      return prepareRooms().then(
        () => this.ready(room, needs),
        () => new Promise(() => {}),
      );
    return (this.#seatings.get(room) ?? this.#unseen(room)).ready(needs);
  }

  /** Give all seats back. */
  close(): void {
    for (const unheed of this.#unheed) unheed();
    for (const id of [...this.#seatings.keys()]) this.#giveBack(id);
  }

  #open(id: string, as?: As): Seating {
    if (!maker) throw new Error("rooms are not prepared");
    const wanted = { id, as, close: () => this.#close(id) };
    const seating = maker(wanted, this.#around, this.#link, this.#second);
    this.#seatings.set(id, seating);
    return seating;
  }

  #unseen(id: string): Seating {
    const seating = this.#open(id);
    this.forget(id);
    return seating;
  }

  /** Nobody is to look at it; what waits to be said there is said from another seat. */
  #close(id: string): void {
    for (const { needs, tell } of this.#giveBack(id)) void this.ready(id, needs).then(tell);
  }

  #giveBack(id: string): readonly Ready[] {
    this.#linger.hold(id);
    const waiting = this.#seatings.get(id)?.close() ?? [];
    this.#seatings.delete(id);
    return waiting;
  }

  #away(): void {
    for (const seating of this.#seatings.values()) seating.away();
  }

  #received(frame: ServerFrame): void {
    switch (frame.t) {
      case "welcome":
        for (const seating of this.#seatings.values()) seating.connected();
        break;
      case "joined":
        this.#seatings.get(frame.room)?.joined(frame);
        break;
      case "left":
        this.#seatings.get(frame.room)?.left(frame);
        break;
      case "event":
      case "events":
      case "caught_up":
      case "presence":
      case "typing":
      case "disclosed":
      case "provisional":
        this.#hand(frame);
    }
  }

  #hand(frame: SeatFrame): void {
    this.#seatings.get(frame.room)?.received(frame);
  }
}
