/** One connection, from its opening to its end: greeted, kept alive by pings, given up when it falls silent. */

import type { ServerClock } from "./clock.ts";
import type { Incoming } from "./codec.ts";
import type { ClientFrame, ServerFrame, Welcome } from "./frames.ts";
import { type Line, LOST, type Open } from "./line.ts";
import type { Surroundings } from "./surroundings.ts";

export const NOT_A_FRAME = 4400;

const GREETED_WITHIN_MS = 10_000;
const ANSWERED_WITHIN_MS = 4_000;
const MOST_SILENT_BEATS = 2;

/** Who is told what a connection does. */
export interface Owner {
  /** A frame came: first `welcome`, and from then on `send` works. */
  received(frame: ServerFrame): void;
  /** The connection is over, by this close code. Told once, and last. */
  closed(code: number): void;
}

export class Connection {
  readonly #surroundings: Surroundings;
  readonly #clock: ServerClock;
  readonly #owner: Owner;
  readonly #line: Line;
  readonly #opened_at: number;
  #heartbeat_ms = 0;
  #ping = { n: 0, sent_at: 0 };
  #silent_beats = 0;
  #doubted = false;
  #callOff: () => void;

  /** `open` opens the line that it is over. */
  constructor(surroundings: Surroundings, clock: ServerClock, owner: Owner, open: Open) {
    this.#surroundings = surroundings;
    this.#clock = clock;
    this.#owner = owner;
    this.#opened_at = surroundings.now();
    this.#line = open(surroundings, { heard: (frame) => this.#heard(frame), closed: (code) => this.#close(code) });
    this.#callOff = surroundings.after(GREETED_WITHIN_MS, () => this.#close(LOST));
  }

  /** Send a frame, after those before it. */
  send(frame: ClientFrame): void {
    this.#line.send(frame);
  }

  /** Something happened that may have cost the connection: it is over unless the server is heard soon. */
  doubt(): void {
    if (!this.#heartbeat_ms || this.#doubted) return;
    this.#doubted = true;
    this.#inquire();
  }

  /** Hang up; the owner is told nothing more. */
  end(): void {
    this.#callOff();
    this.#line.end();
  }

  #heard(frame: Incoming): void {
    this.#silent_beats = 0;
    if (frame.t === "malformed" || (!this.#heartbeat_ms && frame.t !== "welcome")) this.#close(NOT_A_FRAME);
    else if (frame.t !== "unknown") this.#received(frame);
  }

  #received(frame: ServerFrame): void {
    if (frame.t === "welcome") this.#greeted(frame);
    if (frame.t === "pong" && frame.n === this.#ping.n) this.#ponged(frame.time);
    this.#owner.received(frame);
  }

  /** What was under way before the line went may still come in: only an answer ends a doubt. */
  #ponged(time: number): void {
    this.#doubted = false;
    this.#clock.heard(time, this.#ping.sent_at);
  }

  #greeted(welcome: Welcome): void {
    this.#heartbeat_ms = welcome.heartbeat_s * 1_000;
    this.#clock.restart();
    this.#clock.heard(welcome.time, this.#opened_at);
    this.#beat();
  }

  #beat(): void {
    if (this.#silent_beats === MOST_SILENT_BEATS) {
      this.#close(LOST);
    } else if (this.#doubted) {
      this.#inquire();
    } else {
      this.#silent_beats += 1;
      this.#ask(this.#heartbeat_ms);
    }
  }

  #inquire(): void {
    this.#silent_beats = MOST_SILENT_BEATS;
    this.#ask(ANSWERED_WITHIN_MS);
  }

  #ask(next_beat_ms: number): void {
    this.#ping = { n: this.#ping.n + 1, sent_at: this.#surroundings.now() };
    this.send({ t: "ping", n: this.#ping.n });
    this.#callOff();
    this.#callOff = this.#surroundings.after(next_beat_ms, () => this.#beat());
  }

  #close(code: number): void {
    this.end();
    this.#owner.closed(code);
  }
}
