import type { OpenRoom, SeatFrame } from "../room/store/open.ts";
import type { Joined, Left } from "../wire/frames.ts";
import { newId } from "../wire/ids.ts";
import type { Link } from "../wire/link.ts";
import type { SeatNeeded } from "../wire/outbox.ts";
import { COME_BACK, type Refusal, Refused } from "../wire/refusals.ts";
import { Brief } from "./brief.ts";
import { age_ms, FAR_MS, LATE_MS } from "./lateness.ts";

const COME_BACK_MS = 1_000;
/** Events in a wrong order are a fault of the server's: it is not asked again so fast that it would hurt. */
const MEND_MS = 250;

/** Whoever waits for a seat, and for which. */
export interface Ready {
  readonly needs: SeatNeeded;
  readonly tell: (refusal: Refusal | null) => void;
}

/** Asks for the seat of one room, again and again where that makes sense, and hands on what comes for it. */
export class Seating {
  readonly room: OpenRoom;
  readonly #link: Pick<Link, "request" | "state" | "now" | "round_trip_ms">;
  readonly #brief: Brief;
  #joined_at = 0;
  #asked: string | null = null;
  #seated = false;
  #again: ReturnType<typeof setTimeout> | undefined;
  #ready: Ready[] = [];

  /** `second` opens a further connection, for a seat that is behind. */
  constructor(room: OpenRoom, link: Pick<Link, "request" | "state" | "now" | "round_trip_ms">, second: () => Link) {
    this.room = room;
    this.#link = link;
    this.#brief = new Brief(room, second);
  }

  /** Take the seat, unless it is taken or asked for. */
  take(): void {
    if (!this.#seated && this.#asked === null && this.#link.state.value.is === "up") void this.#join();
  }

  /** There is a connection: take the seat, unless it was refused or taken away. */
  connected(): void {
    if (!this.#over || this.#ready.length > 0) this.take();
  }

  /** Somebody wants to see the room, who may have seen why there was no seat. */
  wanted(as: "contribute" | "follow" | undefined): void {
    if (as === "contribute" && this.#follows) void this.room.stepUp().catch(() => {});
    else if (as !== undefined && !this.#seated) this.room.prefer(as);
    if (this.#over) this.room.joining();
    this.room.visit();
    this.take();
  }

  /** Null once one has such a seat here; the refusal where there is none. Pending while there is no connection. */
  ready(needs: SeatNeeded): Promise<Refusal | null> {
    return new Promise((tell) => {
      this.#ready.push({ needs, tell });
      if (this.#seated) this.#letWrite();
      else this.take();
    });
  }

  /** Take an answer to a request for this seat, if it is to the last one. */
  joined(frame: Joined): void {
    if (frame.re !== this.#asked) return;
    this.#asked = null;
    this.#seated = true;
    this.#joined_at = this.#link.now();
    if (frame.as !== "observe" && this.#link.round_trip_ms() > FAR_MS) this.#brief.keep();
    this.#heed(this.room.joined(frame));
    this.#letWrite();
  }

  /** Take what comes for the seat; without one it is an echo of the last. */
  received(frame: SeatFrame): void {
    if (!this.#seated) return;
    if (this.#isLate(frame)) this.#brief.late();
    this.#heed(this.room.received(frame));
  }

  left({ code }: Left): void {
    if (!this.#seated) return;
    this.#seated = false;
    this.#brief.close();
    this.room.left(code);
  }

  /** The connection is gone. Who waits to write asks again on the next one. */
  away(): void {
    this.#seated = false;
    this.#asked = null;
    this.#ready = [];
    clearTimeout(this.#again);
    this.#brief.close();
    this.room.away();
  }

  /** Give the seat back. Returns who waits for one still: they are answered by whoever closes it, or not at all. */
  close(): readonly Ready[] {
    if (this.#seated || this.#asked !== null) {
      this.#link.request({ t: "leave", id: newId(), room: this.room.id }).catch(() => {});
    }
    clearTimeout(this.#again);
    this.#brief.close();
    this.#seated = false;
    this.#asked = null;
    this.room.close();
    return this.#ready.splice(0);
  }

  get #over(): boolean {
    const { is } = this.room.seat.value;
    return is === "refused" || is === "left";
  }

  /** What comes is old: what there was before is late only where it is long in coming. Observers have their delay. */
  #isLate(frame: SeatFrame): boolean {
    const seat = this.room.seat.value;
    if ((frame.t !== "event" && frame.t !== "events") || !("as" in seat) || seat.as === "observe") return false;
    const now = this.#link.now();
    return Math.min(age_ms(frame, now), now - this.#joined_at) > LATE_MS;
  }

  get #follows(): boolean {
    const seat = this.room.seat.value;
    return this.#seated && "as" in seat && seat.as === "follow";
  }

  async #join(): Promise<void> {
    const id = newId();
    this.#asked = id;
    try {
      await this.#link.request({ t: "join", id, room: this.room.id, ...this.room.wish });
    } catch (error) {
      if (this.#asked === id && error instanceof Refused) this.#refused(error);
    }
  }

  #refused(refusal: Refused): void {
    this.#asked = null;
    if (COME_BACK.has(refusal.code)) this.#joinIn(refusal.retry_after_ms ?? COME_BACK_MS);
    else this.#shut(refusal);
  }

  /** What was said when a seat was taken away says more than that there is none. */
  #shut(refusal: Refusal): void {
    if (this.room.seat.value.is !== "left") this.room.refused(refusal);
    this.#answer(refusal);
  }

  #heed(missing: boolean): void {
    if (!missing) return;
    this.#seated = false;
    this.#joinIn(MEND_MS);
  }

  #joinIn(ms: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.take(), ms);
  }

  /** Commands wait: who only follows has to step up for them. */
  #letWrite(): void {
    this.#answer(null, ({ needs }) => needs === "any" || !this.#follows);
    if (this.#ready.length > 0)
      this.room.stepUp().then(
        () => this.#answer(null),
        (error) => error instanceof Refused && this.#answer(error),
      );
  }

  #answer(refusal: Refusal | null, whom: (ready: Ready) => boolean = () => true): void {
    const ready = this.#ready.filter(whom);
    this.#ready = this.#ready.filter((one) => !whom(one));
    for (const { tell } of ready) tell(refusal);
  }
}
