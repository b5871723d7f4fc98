import type { Entry } from "../wire/frames.ts";
import { newId } from "../wire/ids.ts";
import type { Link } from "../wire/link.ts";
import { CALM_MS, slow } from "./lateness.ts";

/** Who is told what comes ahead. */
export interface Told {
  readonly id: string;
  ahead(entries: readonly Entry[]): void;
}

/**
 * A second connection with a brief seat in one room, for as long as the first one is behind: on it comes at once what is
 * to be done and what is asked of this person.
 */
export class Brief {
  readonly #open: () => Link;
  readonly #room: Told;
  #link: Link | null = null;
  #unheed: readonly (() => void)[] = [];
  #kept = false;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(room: Told, open: () => Link) {
    this.#room = room;
    this.#open = open;
  }

  /** What came on the first seat was late. */
  late(): void {
    if (this.#kept) return;
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => this.close(), CALM_MS);
    if (this.#link === null) this.#begin();
  }

  /** The line is such that what comes on the first seat will be late: hold the second until `close`. */
  keep(): void {
    clearTimeout(this.#calm);
    this.#kept = true;
    if (this.#link === null) this.#begin();
  }

  /** The first seat is gone, or in time again. */
  close(): void {
    clearTimeout(this.#calm);
    if (this.#link !== null) slow.value = false;
    for (const unheed of this.#unheed) unheed();
    this.#unheed = [];
    this.#kept = false;
    this.#link?.close();
    this.#link = null;
  }

  #begin(): void {
    const link = this.#open();
    this.#link = link;
    slow.value = true;
    this.#unheed = [
      link.listen((frame) => {
        if (frame.t === "ahead" && frame.room === this.#room.id) this.#room.ahead(frame.events as readonly Entry[]);
      }),
      link.state.subscribe(({ is }) => {
        // A seat that is refused is none: all comes in its order on the first one.
        if (is === "up") link.request({ t: "join", id: newId(), room: this.#room.id, as: "brief" }).catch(() => {});
      }),
    ];
  }
}
